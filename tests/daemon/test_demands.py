"""What a running anaesthetic demands, as time passes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, Clinic, Ear, clinic, daemon, ear
from manual import WALL, at

from daemon import config
from daemon.app import Daemon
from daemon.clock import SystemClock, local_date
from daemon.demands import Demands, required
from daemon.library import load
from monitoring.age import age
from monitoring.case import Case, Entry, with_entry
from monitoring.facts import Facts
from monitoring.obligations import obligations
from vitals.deeds import Begin
from vitals.instant import Instant
from vitals.vocabulary import CaseState, Modality, Phase

HALF_AN_HOUR_S = 1800.0
SHORTLY_S = 6.0
EXTRA = {Modality.ECG, Modality.NIBP}
DURING = Phase.DURING


@dataclass
class Earlier:
    """The machine's clocks, set back."""

    by_s: float

    def now(self) -> Instant:
        now = SystemClock().now()
        return Instant(now.monotonic - self.by_s, now.wall - self.by_s)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def case(code: str) -> Case:
    """Return a case that began at 0."""
    begin = Entry(number=1, deed=Begin(), at=at(0), entered=at(0), by="AS")
    bare = Case(
        number="KN-251121-001",
        bed=BED,
        state=CaseState.PLANNED,
        code=code,
        rules="",
        band="y2_5",
        two_years=True,
        limits={},
        limits_approved_by="",
        by="AS",
        opened=at(0),
    )
    return with_entry(bare, begin)


def extra(found: dict[str, Any]) -> list[tuple[str, str, str, Any]]:
    """Return what a case as told demands by contract of ECG and blood pressure."""
    return [
        (cell["modality"], cell["obligation"], cell["origin"], cell["cause"])
        for cell in found["cells"]
        if cell["basis"] == "contract" and cell["modality"] in EXTRA
    ]


@asynccontextmanager
async def begun(place: Clinic, ago_s: float) -> AsyncIterator[Ear]:
    """Run a daemon in this process that lives so long ago."""
    ready = asyncio.Event()
    made = Daemon(config.read(place.config), load(), Earlier(ago_s), "1")
    task = asyncio.create_task(made.run(ready.set))
    try:
        async with ear(place) as hears:
            yield hears
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.mark.parametrize("code", ["3021", "3022"])
async def test_from_thirty_minutes_ecg_and_blood_pressure_are_required_of_a_case_planned_lower(
    tmp_path: Path, code: str
) -> None:
    place = clinic(tmp_path)
    async with begun(place, HALF_AN_HOUR_S - SHORTLY_S) as hears:
        answer = await hears.ask("start", code=code, age="4y")
        assert answer["result"] == "recorded"
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("case"))
            first = hears.of("case")[0]
            assert HALF_AN_HOUR_S - SHORTLY_S <= first["age_s"] < HALF_AN_HOUR_S
            assert all(one[1] != "required" for one in extra(first))
            await hears.hear(lambda: raised(hears))
            later = raised(hears)[0]
    assert HALF_AN_HOUR_S <= later["age_s"] < HALF_AN_HOUR_S + 1
    why = ("required", "duration", "not_attached")
    assert sorted(extra(later)) == [("ecg", *why), ("nibp", *why)]
    rules = {cell["rule"] for cell in later["cells"] if cell["origin"] == "duration"}
    assert {"3023.ecg", "3023.nibp"} <= rules


def raised(hears: Ear) -> list[dict[str, Any]]:
    """Return the case as told since ECG and blood pressure are required."""
    return [one for one in hears.of("case") if "required" in {row[1] for row in extra(one)}]


@pytest.mark.parametrize(
    ("code", "seconds", "there"),
    [
        ("3021", 1799.999, False),
        ("3021", 1800.0, True),
        ("3022", 1799.999, False),
        ("3022", 1800.0, True),
        ("3023", 0.0, True),
    ],
)
def test_the_level_rises_exactly_where_the_bands_say(
    code: str, seconds: float, *, there: bool
) -> None:
    rows = Demands(load()).of(case(code), at(seconds))
    assert (required(rows, DURING) >= EXTRA) is there
    assert Modality.PULSE_OXIMETRY in required(rows, DURING)


def test_what_was_found_once_is_what_would_be_found_anew() -> None:
    rules = load()
    demands, book = Demands(rules), rules.book(local_date(at(0)))
    for seconds in range(0, 9000, 50):
        known = Facts(elapsed_s=float(seconds), age=age("2y"))
        for code in ("3021", "3022", "3023", "3024", "3025"):
            fresh = obligations(book, code, known).obligations
            assert demands.of(case(code), at(seconds)) == fresh


def test_nothing_is_demanded_of_a_code_that_the_rules_no_longer_have() -> None:
    assert Demands(load()).of(case("3020"), at(0)) == ()


def test_a_read_from_before_the_start_demands_what_the_start_does() -> None:
    demands = Demands(load())
    assert demands.of(case("3021"), at(-0.5)) == demands.of(case("3021"), at(0))


def test_a_case_is_held_to_the_rows_of_the_day_on_which_it_began() -> None:
    demands = Demands(load())
    old = case("3021")
    earlier = Instant(-1e9, WALL - 1e9)
    assert demands.of(old, at(10)) != ()
    # Before the rules began they count as begun: a clock that is wrong stops no case.
    assert demands.of(Case(**{**_fields(old), "started": earlier}), at(10)) != ()


def _fields(found: Case) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__struct_fields__}
