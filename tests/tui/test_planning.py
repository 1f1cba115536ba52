"""From nobody to a running anaesthetic: a dashboard on a real daemon, every key counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from clinics import BED, Clinic, clinic, daemon, ear, oximeter
from textual.pilot import Pilot

from daemon.protocol.cases import Case
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from tui.app import Dashboard
from tui.clock import MachineClock
from tui.link import Link
from tui.prompt import AskAge, Gate
from tui.settings import Settings
from tui.sight import Sight
from vitals import deeds
from vitals.vocabulary import CaseKind, CaseState

pytestmark = pytest.mark.timeout(120)
TO_THE_GATE, TO_THE_START = 5, 3
SOON_S = 60.0
WELL = Patient(PatientRow(bed=BED, age="4y", spo2=98, pulse_rate=110))


class Hand:
    """Somebody at a dashboard, whose keys are counted."""

    def __init__(self, app: Dashboard, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.pressed = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed += 1
            await self.pilot.press(key)

    async def until(self, so: Callable[[Sight], bool]) -> None:
        async with asyncio.timeout(SOON_S):
            while not so(self.app.sight()):
                await self.pilot.pause(0.02)

    @property
    def case(self) -> Case:
        case = self.app.sight().open
        assert case is not None
        return case


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path)


@asynccontextmanager
async def hand(place: Clinic) -> AsyncIterator[Hand]:
    """Give somebody a dashboard on the daemon of a place."""
    async with ear(place) as hears:
        await hears.hear(lambda: hears.of("beat"))
    clock = MachineClock()
    app = Dashboard(Link(place.socket, clock, "AS"), clock, Settings(by="AS", bed=BED))
    async with app.run_test(size=(80, 24)) as pilot:
        found = Hand(app, pilot)
        await found.until(lambda sight: sight.catalogue.told is not None)
        yield found


def gated(sight: Sight) -> bool:
    return isinstance(sight.prompt, Gate) and sight.open is not None


def running(sight: Sight) -> bool:
    return sight.open is not None and sight.open.state is CaseState.ANAESTHESIA


def probed(sight: Sight) -> bool:
    """Tell whether the daemon has numbers of the patient."""
    return bool(sight.bed.numbers)


async def test_the_common_case_is_five_keys_to_the_gate_and_three_to_the_start(
    place: Clinic,
) -> None:
    with daemon(place):
        async with oximeter(place, WELL), hand(place) as at:
            await at.until(probed)
            await at.press("n", "d", "enter", "4", "enter")
            await at.until(gated)
            assert at.pressed <= TO_THE_GATE
            assert (at.case.code, at.case.procedures) == ("3021", ("3009",))
            assert at.case.band == "y2_5"
            at.pressed = 0
            await at.press("f", "2", "enter")
            await at.until(running)
            assert at.pressed <= TO_THE_START


async def test_a_child_that_does_not_bear_the_probe_takes_no_key_more(place: Clinic) -> None:
    with daemon(place):
        async with hand(place) as at:
            await at.press("n", "d", "enter", "4", "enter")
            await at.until(gated)
            at.pressed = 0
            await at.press("f", "2", "b")
            await at.until(running)
            assert at.pressed <= TO_THE_START
            (begun,) = (one.deed for one in at.case.entries if isinstance(one.deed, deeds.Begin))
            assert begun.unattached


async def test_who_is_next_on_the_list_is_one_key_to_the_gate(place: Clinic) -> None:
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))
            row = {"kind": "list_add", "id": "row", "by": "AS", "codes": ["3009"], "age": "4y"}
            hears.writer.write(msgspec.json.encode(row) + b"\n")
            await hears.hear(lambda: hears.of("answer", result="recorded"))
        async with hand(place) as at:
            await at.press("f6")
            await at.until(gated)
            assert at.pressed == 1


@pytest.mark.parametrize(
    ("keys", "code", "procedures", "kind"),
    [
        ("3021 4y", "3021", (), CaseKind.ANAESTHETIC),
        ("4 3022", "3022", (), CaseKind.ANAESTHETIC),
        ("3009 3057 4", "3023", ("3009", "3057"), CaseKind.ANAESTHETIC),
        ("3005 8m", "3022", ("3005",), CaseKind.ANAESTHETIC),
        ("45 b2635", "2635", (), CaseKind.BLOCK),
        ("2635 45y", "2635", (), CaseKind.BLOCK),
    ],
)
async def test_a_patient_in_one_line_is_planned_as_before(
    place: Clinic, keys: str, code: str, procedures: tuple[str, ...], kind: CaseKind
) -> None:
    with daemon(place):
        async with hand(place) as at:
            await at.press("n", *("space" if key == " " else key for key in keys), "enter")
            await at.until(lambda sight: sight.open is not None)
            assert (at.case.code, at.case.procedures, at.case.case_kind) == (code, procedures, kind)


async def test_a_site_that_decides_is_one_key_and_a_birthday_reaches_nobody(
    place: Clinic,
) -> None:
    born = date.today() - timedelta(days=4 * 366)  # noqa: DTZ011  any zone is near enough
    with daemon(place):
        async with hand(place) as at:
            await at.press("n", *"3053", "enter", "1", *f"{born:%d%m%y}")
            prompt = at.app.sight().prompt
            assert isinstance(prompt, AskAge)
            assert prompt.typed in ("3y", "4y")
            await at.press("enter")
            await at.until(gated)
            assert (at.case.code, at.case.band) == ("3022", "y2_5")
    assert f"{born:%d%m%y}".encode() not in b"".join(
        file.read_bytes() for file in place.root.rglob("*") if file.is_file()
    )
