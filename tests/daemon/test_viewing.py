"""What the rules see of a bed, from readings and entries, on a clock that the test moves."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from manual import at
from msgspec import structs

from daemon import library
from daemon.config import Device
from daemon.demands import Demands
from daemon.following import Following
from daemon.journal.events import CaseEntered, CaseOpened, MeasureSeen, decoded, encoded
from daemon.journal.writer import Journal
from daemon.picture import Picture, Station, Turn
from daemon.viewing import Viewing
from daemon.wallclock import WallClock
from daemon.ward import Ward
from devices.catalogue import PROTOCOLS
from monitoring.age import age
from monitoring.case import Case
from monitoring.obligations import Obliged
from monitoring.profiles import Profiles, by_age
from monitoring.view import Ages, BedView
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Note, Quality, Reading, WaveBlock
from vitals.vocabulary import Airway, CaseKind, Modality, Phase, Ventilation

BED, CASE = "Stue 1", "KN-261121-001"
RULES = library.load()
CHOSEN = by_age(RULES.limits, age("4y"))
BREATH = (0.0, 0.0, 5.0, 5.0)
"""A second of CO2."""


@dataclass
class Room:
    """One bed with a capnograph and a cuff."""

    ward: Ward
    viewing: Viewing
    following: Following
    picture: Picture
    entries: int = 0

    @property
    def case(self) -> Case:
        return self.ward.state.cases[CASE]

    def say(self, deed: deeds.Said, seconds: float) -> None:
        self.entries += 1
        self.ward.record(CaseEntered(CASE, BED, self.entries, deed, 0.0, "AS"), at(seconds))

    def breathe(self, begin_s: int, end_s: int) -> None:
        gas = self.picture.stations[0]
        for second in range(begin_s, end_s):
            block = WaveBlock(Channel.CO2, 4.0, "kPa", BREATH, at(second + 1))
            self.viewing.hear(gas, [block])

    def view(self, seconds: float, rows: Sequence[Obliged] = ()) -> BedView:
        now = at(seconds)
        devices = self.following.follow(self.case, now)
        return self.viewing.view(self.case, rows, devices, now, sounding=True)


@asynccontextmanager
async def room(folder: Path, *, same_limb: bool = False) -> AsyncIterator[Room]:
    journal = Journal(folder / "journal.db", "boot")
    found = await journal.open(at(0))
    ward = Ward(journal, found.state, lambda _: None, found.mark)
    picture = Picture([station("gas", "capnostat5"), station("cuff", "suntech")])
    limb = frozenset({BED} if same_limb else ())
    following = Following(picture, ward, RULES, limb)
    viewing = Viewing(ward, RULES, 120.0, following)
    opened = (CASE, "261121", 1, BED, CaseKind.ANAESTHETIC, "3021", "abc", "y2_5", True)
    first = CaseOpened(
        *opened, limits=CHOSEN.limits, limits_approved_by="", by="AS", profiles=CHOSEN.profiles
    )
    ward.record(first, at(0))
    here = Room(ward, viewing, following, picture)
    here.say(deeds.Begin(), 0)
    here.view(0)
    try:
        yield here
    finally:
        await journal.close()


def station(name: str, protocol: str) -> Station:
    device = Device(name, protocol, f"/dev/{name}", BED)
    found = Station(device, PROTOCOLS[protocol], RULES.alarms.freshness, at(0))
    found.turn(Turn.FRAME, at(0))
    return found


async def test_breaths_of_this_patient_are_counted_and_prove_themselves_at_the_third(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as here:
        here.breathe(0, 2)
        assert here.view(2).devices[0].breathed.proof_s is None
        here.breathe(2, 4)
        breathed = here.view(24).devices[0].breathed
        assert breathed.last_s == pytest.approx(20.25)
        assert breathed.proof_s == pytest.approx(22.25)
        assert not breathed.waving
        assert here.view(4.5).devices[0].breathed.waving


async def test_breaths_of_the_patient_before_are_nobody_s(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        here.breathe(-10, -1)
        breathed = here.view(1).devices[0].breathed
        assert (breathed.last_s, breathed.proof_s) == (None, None)


async def test_breaths_that_were_recorded_are_known_after_a_restart(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        assert not here.view(1).case.breathed
        here.ward.record(MeasureSeen(CASE, BED, Measure.RESPIRATORY_RATE), at(2))
        assert here.view(3).case.breathed


async def test_limits_follow_who_breathes_and_where_the_case_stands(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        assert here.view(1).case.limits[Measure.ETCO2].lo == 3.3
        here.say(deeds.SetAirway(airway=Airway.TUBE), 60)
        here.say(deeds.Ventilate(ventilation=Ventilation.CONTROLLED), 61)
        seen = here.view(90).case
        assert (seen.limits[Measure.ETCO2].lo, seen.airway, seen.airway_s) == (4.0, "tube", 30)
        here.say(deeds.Finish(), 300)
        here.say(deeds.Recover(), 310)
        seen = here.view(320).case
        assert (seen.phase, seen.limits[Measure.NIBP_SYSTOLIC].lo) == (Phase.RECOVERY, 78)
        assert Measure.ETCO2 not in seen.limits


async def test_a_mark_counts_for_five_minutes(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        here.say(deeds.Upset(), 100)
        assert [here.view(s).case.upset for s in (101, 399.9, 400)] == [True, True, False]


async def test_an_interval_is_the_one_that_was_set_and_none_where_nobody_asks(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as here:
        assert here.view(1).case.every_s is None
        here.say(deeds.Repeat(minutes=3), 10)
        seen = here.view(71).case
        assert (seen.every_s, seen.every_since_s) == (180, 61)
        here.say(deeds.Repeat(minutes=0), 72)
        assert here.view(73).case.every_s is None


async def test_a_number_that_is_typed_is_known_as_typed_and_is_no_number_of_a_device(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as here:
        here.say(deeds.Measured(measure=Measure.NIBP_SYSTOLIC, value=90), 50)
        seen = here.view(60)
        assert seen.case.typed_s == {Measure.NIBP_SYSTOLIC: 10}
        assert list(seen.numbers(Measure.NIBP_SYSTOLIC)) == []
        assert seen.case.cuffed_s is None


async def test_a_measurement_that_failed_leaves_the_time_of_the_one_before(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        cuff, measure = here.picture.stations[1], Measure.NIBP_SYSTOLIC
        cuff.readings[measure, None] = Reading(measure, 95, Quality.VALID, at(100))
        here.view(100)
        cuff.readings[measure, None] = Reading(measure, None, Quality.INVALID, at(200))
        assert here.view(210).case.cuffed_s == 110


@pytest.mark.parametrize("same_limb", [True, False])
async def test_a_cuff_counts_from_when_it_began_to_fill_and_on_the_same_limb_alone(
    tmp_path: Path, *, same_limb: bool
) -> None:
    async with room(tmp_path, same_limb=same_limb) as here:
        cuff, said = here.picture.stations[1], []
        for seconds, filling in [(10, True), (30, True), (40, False), (50, True)]:
            cuff.notes = frozenset({Note.CUFF_INFLATING} if filling else ())
            said.append(here.view(seconds).case.cuff_s)
        assert said == ([0, 20, None, 0] if same_limb else [None] * 4)


async def test_a_pulse_is_known_by_when_it_was_last_found_of_this_patient(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        gas, measure = here.picture.stations[0], Measure.PULSE_RATE
        gas.ages[measure] = Ages(3, 10)
        assert here.view(5).case.pulse_s is None
        gas.readings[measure, None] = Reading(measure, 100, Quality.VALID, at(10))
        assert here.view(11).case.pulse_s == pytest.approx(1)
        gas.readings[measure, None] = Reading(measure, None, Quality.UNAVAILABLE, at(12))
        assert here.view(50).case.pulse_s == pytest.approx(40)


async def test_a_reading_of_theatre_is_known_with_the_limits_of_theatre_in_recovery(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as here:
        theatre = here.view(100).case
        assert (theatre.phase_s, theatre.told_s, theatre.former) == (None, None, {})
        here.say(deeds.Finish(), 300)
        here.say(deeds.Recover(), 310)
        seen = here.view(320).case
        assert (seen.phase_s, seen.told_s, seen.former) == (10, 10, theatre.limits)


async def test_what_time_asks_for_may_be_off_for_the_grace_from_then(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        demands = Demands(RULES)
        late = {Modality.ECG, Modality.NIBP}
        for seconds, expected in [(60, set()), (1799, set()), (1801, late), (1919, late)]:
            rows = demands.of(here.case, at(seconds))
            seen = here.view(seconds, rows).case
            assert seen.attaching == expected
        rows = demands.of(here.case, at(1921))
        seen = here.view(1921, rows).case
        assert seen.attaching == set()
        assert late <= seen.required
        assert seen.every_s == 300
        assert seen.every_since_s == pytest.approx(121)


def test_a_wall_clock_that_jumps_is_told_for_a_minute_and_one_that_drifts_is_not() -> None:
    clock = WallClock(RULES.alarms.allowances.clock)
    for second in range(100):
        clock.look(Instant(second, 5000 + second * 1.01))
    assert not clock.jumped(at(0))
    clock.look(Instant(100, 90_000))
    assert clock.jumped(Instant(159.9, 0))
    assert not clock.jumped(Instant(160, 0))


def test_a_case_of_a_journal_of_before_has_no_profiles() -> None:
    opened = (CASE, "261121", 1, BED, CaseKind.ANAESTHETIC, "3021", "abc", "y2_5", True)
    event = CaseOpened(
        *opened, limits=CHOSEN.limits, limits_approved_by="", by="AS", profiles=CHOSEN.profiles
    )
    body = json.loads(encoded(event))
    assert decoded("case_opened", json.dumps(body)) == event
    del body["profiles"]
    before = decoded("case_opened", json.dumps(body))
    assert before == structs.replace(event, profiles=Profiles())
