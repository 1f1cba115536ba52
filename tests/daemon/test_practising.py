"""What is said of the practice is kept, told, and feeds the start check and the alarms."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from manual import at
from msgspec import structs
from practices import BED, TWO, Room, room

from checklists.entry import Entry
from daemon.clock import local_time
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.events import CaseOpened, decoded, encoded
from daemon.journal.fold import fold
from daemon.journal.practice import PracticeSaid
from daemon.protocol.commands import Emergency, Plan
from daemon.protocol.messages import Refusal, Result
from daemon.protocol.practice import Checklist, Clinic, Equipment, Gases, Stock
from daemon.state import State
from vitals import acts
from vitals.acts import Done
from vitals.deeds import Begin
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.practice import Country, Gas, Outcome, Readiness, Use
from vitals.reading import Quality, Reading

OXYGEN = acts.Cylinder("ilt", Gas.OXYGEN, 10.0, 200.0, "KN", Use.IN_USE)
BEDS = """
[[bed]]
name = "Stue 2"
[[clinic]]
name = "Klinik Nord"
code = "KN"
beds = ["Stue 1"]
[[clinic]]
name = "Klinikk Sør"
code = "KS"
beds = ["Stue 2"]
country = "no"
phone = "+47 99"
"""
KN, MARK = acts.ChooseClinic("KN"), acts.Mark("machine", ("mc-01",), "kit", took_s=4.0)


def event(number: int, act: Done, seconds: float = 0.0) -> PracticeSaid:
    moment = local_time(at(seconds))
    return PracticeSaid(number, act, "AS", moment, moment.date(), reason="")


async def morning(one: Room) -> None:
    """Mark every row that is asked of anything, so that nothing is left unchecked."""
    for told in one.desk.practising.messages(one.clock.now()):
        if isinstance(told, Checklist):
            rows = tuple(row.id for row in told.rows if row.state in {"due", "overdue"})
            if rows:
                said = await one.say(acts.Mark(told.id, rows, told.target))
                assert said.result is Result.RECORDED, said.detail


@pytest.mark.parametrize(
    "act", [KN, MARK, OXYGEN, acts.Counter(3, "slip"), acts.Gauge("ilt", 137.5)]
)
def test_what_was_said_is_read_back_as_it_was_kept(act: Done) -> None:
    said = event(7, act)
    read = decoded(said.kind(), encoded(said))
    assert read == said
    (entry,) = fold(State(), read, at(0)).practice
    assert entry == Entry(7, said.at, said.day, "AS", act)


def test_a_checkpoint_keeps_what_was_said_and_an_earlier_one_has_nothing() -> None:
    state = fold(fold(State(), event(1, KN), at(0)), event(2, MARK), at(1))
    written = encoded(Checkpoint("", (), (), {}, practice=state.practice))
    read = decoded("checkpoint", written)
    assert fold(State(), read, at(2)) == state
    old = written[: written.index(',"practice"')] + "}"
    assert fold(state, decoded("checkpoint", old), at(2)).practice == ()
    assert State().said == 0
    assert state.said == 2


async def test_after_a_checkpoint_and_a_start_everything_stands_as_it_did(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        for act in (KN, MARK, OXYGEN, acts.Gauge("ilt", 137.0)):
            await one.say(act)
        one.desk.ward.checkpoint(one.clock.now())
        await one.say(acts.Flow(Gas.OXYGEN, "KN", 6.0))
        before = one.desk.practising.messages(one.clock.now())
        kept = one.desk.ward.state.practice
    async with room(tmp_path) as again:
        assert again.desk.ward.state.practice == kept
        assert again.desk.practising.messages(again.clock.now()) == before
        assert (await again.say(MARK)).rows == (6,)


async def test_only_what_changes_is_told(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        one.told.clear()
        one.look()
        assert one.told == []
        await one.say(KN)
        assert one.last(Clinic).chosen == "KN"
        one.told.clear()
        await one.say(MARK)
        kinds = [type(told) for told in one.told]
        assert (kinds.count(Checklist), kinds.count(Stock), kinds.count(Equipment)) == (1, 0, 0)
        row = next(row for row in one.last(Checklist).rows if row.id == "mc-01")
        assert (row.state, row.by, row.outcome, row.entry) == ("done", "AS", Outcome.DONE, 2)


async def test_what_is_not_of_here_any_more_is_told_without_rows(tmp_path: Path) -> None:
    async with room(tmp_path, TWO) as one:
        await one.say(KN)
        one.told.clear()
        await one.say(acts.ChooseClinic("KS"))
        found = {(told.id, told.target): told for told in one.told if isinstance(told, Checklist)}
        assert found["site", "KN"].rows == ()
        assert found["site", "KS"].rows
        snapshot = one.desk.practising.messages(one.clock.now())
        assert {told.target for told in snapshot if isinstance(told, Checklist)} == {"Taske", "KS"}


async def test_a_kit_that_travels_is_done_at_both_clinics_and_a_room_only_at_its_own(
    tmp_path: Path,
) -> None:
    async with room(tmp_path, TWO) as one:
        await one.say(KN)
        await one.say(acts.Mark("machine", ("mc-01",), "Taske"))
        await one.say(acts.Mark("site", ("st-02",), "KN"))
        await one.say(acts.ChooseClinic("KS"))
        rows = {
            (told.target, row.id): row.state
            for told in one.desk.practising.messages(one.clock.now())
            if isinstance(told, Checklist)
            for row in told.rows
        }
        assert rows["Taske", "mc-01"] == "done"
        assert rows["KS", "st-02"] == "due"


async def test_the_start_check_knows_whether_the_clinic_is_ready(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        practising = one.desk.practising
        assert practising.kit(BED).ready is None
        await one.say(KN)
        ready, reasons = practising.kit(BED)
        assert ready is Readiness.HELD
        assert len(reasons) == 4
        assert re.fullmatch(r"\+[1-9][0-9]*", reasons[-1])
        assert practising.kit("Stue 9") == (Readiness.UNCHECKED, ("which clinic today?",))
        await morning(one)
        clinic = one.last(Clinic)
        assert not [why for why in clinic.reasons if why.what == "row" and why.weight == "hold"]
        assert {why.what for why in clinic.reasons} >= {"supply", "gas"}


async def test_where_clinics_are_written_down_no_bed_is_ready_before_one_is_chosen(
    tmp_path: Path,
) -> None:
    async with room(tmp_path, BEDS) as one:
        kit = one.desk.practising.kit
        assert kit(BED) == (Readiness.UNCHECKED, ("which clinic today?",))
        await one.say(acts.ChooseClinic("KS"))
        assert kit(BED) == (Readiness.UNCHECKED, ("which clinic today?",))
        assert kit("Stue 2").ready is Readiness.HELD


async def test_where_something_was_ever_said_no_bed_is_ready_before_a_clinic_is_chosen(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as one:
        await one.say(OXYGEN)
        assert one.desk.practising.kit(BED).ready is Readiness.UNCHECKED


async def test_a_start_is_held_by_the_question_where_the_work_is(tmp_path: Path) -> None:
    async with room(tmp_path, BEDS) as one:
        desk, now = one.desk, one.clock.now()
        event = desk.opening.planned(Plan("1", "AS", BED, "4y", "3022"), now)
        desk.ward.record(event, now)
        held = desk.gatekeeper.holds(desk.ward.state.cases[event.case], Begin(), now, "AS")
        assert "kit which clinic today?" in {one.name for one in held}


async def test_the_clinic_of_the_day_names_its_cases_its_country_and_whom_to_ring(
    tmp_path: Path,
) -> None:
    async with room(tmp_path, BEDS) as one:
        desk, now = one.desk, one.clock.now()

        def opened(bed: str) -> CaseOpened:
            return desk.opening.emergency(Emergency("1", "AS", bed), now)

        assert opened("Stue 2").case.startswith("KN-")
        await one.say(acts.ChooseClinic("KS"))
        assert opened("Stue 2").case.startswith("KS-")
        assert opened(BED).case.startswith("KN-")
        assert desk.signalling.phone("Stue 2") == "+47 99"
        assert desk.signalling.phone(BED) == ""
        told = one.last(Clinic)
        assert (told.name, told.sites[1].country, told.sites[1].phone) == (
            "Klinikk Sør",
            Country.NORWAY,
            "+47 99",
        )
        for bed, country in ((BED, Country.DENMARK), ("Stue 2", Country.NORWAY)):
            event = opened(bed)
            desk.ward.record(event, now)
            case = desk.ward.state.cases[event.case]
            assert desk.gatekeeper.injecting.scene(case).country is country


async def test_a_gas_that_was_ordered_stays_to_be_told_until_it_has_come(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(KN)
        gas = Gas.NITROUS_OXIDE
        label = acts.Cylinder("lat", gas, 10.0, 51.0, "KN", Use.IN_USE, tare_kg=14.0)
        await one.say(label)
        await one.say(acts.Weigh("lat", 15.0))

        def state() -> tuple[str, bool]:
            (supply,) = [told for told in one.last(Gases).supplies if told.gas is gas]
            return supply.state, bool(supply.ordered_at)

        assert state() == ("order", False)
        await one.say(acts.OrderGas(gas, "KN"))
        assert state() == ("order", True)
        await one.say(structs.replace(label, cylinder="ny", use=Use.RESERVE))
        assert not state()[1]


async def test_an_emergency_without_a_code_is_not_asked_about_injections(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(KN)
        now = one.clock.now()
        event = one.desk.opening.emergency(Emergency("1", "AS", BED), now)
        one.desk.ward.record(event, now)
        lists = {
            told.id
            for told in one.desk.practising.messages(now)
            if isinstance(told, Checklist) and told.target == event.case
        }
        assert "machine" in lists
        assert "injection" not in lists


async def test_what_was_so_last_year_can_be_said_with_a_reason(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        said = await one.say(MARK, ago_s=400 * 86_400.0, reason="found the book")
        assert said.result is Result.RECORDED


async def test_a_row_that_failed_is_a_reason_and_its_counter_takes_it_back(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(KN)
        said = acts.Mark("machine", ("mc-10",), "KN", Outcome.FAILED, "no suction")
        number = (await one.say(said)).rows[0]
        assert ("mc-10", "failed") in {(why.id, why.state) for why in one.last(Clinic).reasons}
        await one.say(acts.Counter(number, "another outlet"))
        assert ("mc-10", "due") in {(why.id, why.state) for why in one.last(Clinic).reasons}


async def test_a_gas_that_flows_is_foreseen_to_run_out_at_the_beds_of_the_clinic(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as one:
        await one.say(KN)
        assert one.desk.practising.gases(BED) == {}
        await one.say(OXYGEN)
        await one.say(acts.Gauge("ilt", 12.0))
        await one.say(acts.Flow(Gas.OXYGEN, "KN", 6.0))
        minutes = one.desk.practising.gases(BED)[Gas.OXYGEN]
        assert minutes == pytest.approx(20.0)
        assert one.desk.pulse.gases(BED) == {Gas.OXYGEN: minutes}
        assert one.desk.practising.gases("Stue 9") == {}
        await one.clock.move(300.0)
        one.look()
        assert one.desk.practising.gases(BED)[Gas.OXYGEN] == pytest.approx(15.0)
        assert one.last(Gases).supplies[0].now_min == pytest.approx(15.0)


def pressure(one: Room, site: str, bar: float) -> None:
    now = one.clock.now()
    read = Reading(Measure.GAS_PRESSURE, bar, Quality.VALID, now, site=site)
    one.station.readings[Measure.GAS_PRESSURE, site] = read
    one.look()


async def test_a_cylinder_that_a_monitor_reads_is_live_and_a_pipe_is_none(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(KN)
        await one.say(acts.Cylinder("Ilt 1", Gas.OXYGEN, 10.0, 200.0, "KN", Use.IN_USE))
        await one.say(acts.Cylinder("O2", Gas.OXYGEN, 10.0, 200.0, "KN", Use.IN_USE))
        one.station.ages[Measure.GAS_PRESSURE] = one.station.ages[Measure.ETCO2]
        await one.clock.move(1.0)
        pressure(one, "Ilt 1", 150.0)
        pressure(one, "O2", 4.1)
        cylinders = {told.name: told for told in one.last(Gases).cylinders}
        assert (cylinders["Ilt 1"].bar, cylinders["Ilt 1"].live) == (150.0, True)
        assert (cylinders["O2"].bar, cylinders["O2"].live) == (None, False)
        shown = {
            row.id: (row.evidence, row.state)
            for told in one.desk.practising.messages(one.clock.now())
            if isinstance(told, Checklist)
            for row in told.rows
        }
        assert shown["mc-04"] == ("4.1 bar", "due")
        assert shown["mc-19"] == ("gas", "due")


async def test_a_falling_pressure_tells_how_fast_it_goes(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(KN)
        await one.say(acts.Cylinder("Ilt 1", Gas.OXYGEN, 10.0, 200.0, "KN", Use.IN_USE))
        for minute in range(8):
            pressure(one, "Ilt 1", 100.0 - minute)
            await one.clock.move(60.0)
        one.look()
        assert one.last(Gases).supplies[0].flow_l_min == pytest.approx(10.0)


async def test_something_said_of_an_earlier_day_asks_for_a_reason(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        late = await one.say(MARK, ago_s=86_400.0)
        assert (late.result, late.reason) == (Result.REFUSED, Refusal.REASON_MISSING)
        assert one.desk.ward.state.said == 0
        taken = await one.say(MARK, ago_s=86_400.0, reason="no power")
        assert taken.result is Result.RECORDED
        (entry,) = one.desk.ward.state.practice
        assert (local_time(at(0)).date() - entry.day).days == 1


async def test_two_who_speak_at_once_have_two_entries(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        answers = await asyncio.gather(*(one.say(MARK) for _ in range(5)))
        assert sorted(answer.rows for answer in answers) == [(n,) for n in range(1, 6)]


def test_the_clock_of_the_wall_gives_the_day() -> None:
    moment = local_time(Instant(0.0, 1_763_715_600.0))
    assert moment.utcoffset() is not None
    assert moment.timestamp() == 1_763_715_600.0
