"""From nobody to a running anaesthetic: a dashboard on a real daemon, every key counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from clinics import BED, clinic, daemon, ear
from textual.pilot import Pilot

from daemon.protocol.cases import Case, GateState
from tui.app import Dashboard
from tui.clock import MachineClock
from tui.link import Link
from tui.prompt import Gate
from tui.settings import Settings
from tui.sight import Sight
from vitals.vocabulary import CaseState

TO_THE_GATE, TO_THE_START = 5, 3
SOON_S = 20.0
LISTED = {"codes": ["3009"], "age": "4y"}


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


@asynccontextmanager
async def hand(tmp_path: Path, *listed: dict[str, object]) -> AsyncIterator[Hand]:
    place, clock = clinic(tmp_path), MachineClock()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))
            for row in listed:
                hears.heard.clear()
                hears.writer.write(_line(row))
                await hears.hear(lambda: hears.of("answer", result="recorded"))
        app = Dashboard(Link(place.socket, clock, "AS"), clock, Settings(by="AS", bed=BED))
        async with app.run_test(size=(80, 24)) as pilot:
            found = Hand(app, pilot)
            await found.until(lambda sight: sight.catalogue.told is not None)
            yield found


def _line(row: dict[str, object]) -> bytes:
    return msgspec.json.encode({"kind": "list_add", "id": "row", "by": "AS", **row}) + b"\n"


def gated(sight: Sight) -> bool:
    return isinstance(sight.prompt, Gate) and sight.open is not None


def running(sight: Sight) -> bool:
    return sight.open is not None and sight.open.state is CaseState.ANAESTHESIA


def ready(sight: Sight) -> bool:
    """Tell whether nothing but the probe of a child is left to make sure of."""
    done = {one.id for one in sight.open.gate if one.state is GateState.DONE} if sight.open else {}
    return {"identity", "fasting", "consent", "asa"} <= set(done)


@pytest.mark.timeout(120)
async def test_grommets_of_a_child_are_five_keys_to_the_gate_and_four_to_the_start_without_probe(
    tmp_path: Path,
) -> None:
    async with hand(tmp_path) as at:
        await at.press("n", "d", "enter", "4", "enter")
        await at.until(gated)
        assert at.pressed <= TO_THE_GATE
        assert (at.case.code, at.case.procedures, at.case.band) == ("3021", ("3009",), "y2_5")
        at.pressed = 0
        await at.press("f", "2", "b")
        await at.until(ready)
        await at.press("enter")
        await at.until(running)
        assert at.pressed == TO_THE_START + 1
