from __future__ import annotations

import msgspec
import pytest
import scenes

from daemon.protocol.alarms import AlarmState
from daemon.protocol.messages import Event, JournalState, Outgoing
from monitoring import steps
from tui.mirror import EVENTS_KEPT, WATCHED, Mirror
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import CaseState, SignalState


def mirror_of(*messages: Outgoing) -> Mirror:
    mirror = Mirror()
    for message in messages:
        mirror.apply(message, scenes.NOW)
    return mirror


def test_a_snapshot_replaces_whatever_was_held() -> None:
    mirror = mirror_of(scenes.HELLO, scenes.snapshot(*scenes.HIGH), scenes.snapshot(scenes.DEVICE))
    bed = mirror.bed(scenes.BED)
    assert (bed.alarms, bed.readings, bed.case, list(bed.events)) == ({}, {}, None, [])
    assert list(bed.devices) == ["nonin"]


def test_a_new_hello_forgets_everything_until_its_snapshot() -> None:
    mirror = mirror_of(scenes.HELLO, scenes.snapshot(*scenes.HIGH), scenes.BEAT, scenes.HELLO)
    assert mirror.bed(scenes.BED).readings == {}
    assert (mirror.complete, mirror.journal) == (False, None)


def test_the_newest_reading_of_a_measure_wins() -> None:
    newer = msgspec.structs.replace(scenes.SPO2, value=91)
    bed = mirror_of(scenes.SPO2, newer, scenes.PULSE).bed(scenes.BED)
    assert bed.readings["nonin", Measure.SPO2, None].message.value == 91
    assert bed.readings["nonin", Measure.PULSE_RATE, None].message.value == 118


def test_an_age_goes_on_by_the_monotonic_clock_whatever_the_wall_clock_does() -> None:
    held = mirror_of(scenes.SPO2).bed(scenes.BED).readings["nonin", Measure.SPO2, None]
    jumped = Instant(scenes.NOW.monotonic + 1.5, scenes.NOW.wall - 86_400.0)
    assert held.age_s(jumped) == 1.8


def test_an_ended_alarm_is_gone() -> None:
    ended = msgspec.structs.replace(
        scenes.DESATURATION, state=AlarmState.ENDED, signal=SignalState.OFF
    )
    assert mirror_of(scenes.DESATURATION, ended).bed(scenes.BED).alarms == {}


def test_an_ended_alarm_that_is_latched_stays_until_it_is_acknowledged() -> None:
    latched = msgspec.structs.replace(
        scenes.DESATURATION, state=AlarmState.ENDED, signal=SignalState.LATCHED
    )
    acknowledged = msgspec.structs.replace(latched, signal=SignalState.OFF)
    mirror = mirror_of(scenes.DESATURATION, latched)
    assert len(mirror.bed(scenes.BED).alarms) == 1
    mirror.apply(acknowledged, scenes.NOW)
    assert mirror.bed(scenes.BED).alarms == {}


def test_an_active_alarm_is_kept_whatever_its_signal() -> None:
    quiet = msgspec.structs.replace(scenes.DESATURATION, signal=SignalState.OFF)
    assert len(mirror_of(quiet).bed(scenes.BED).alarms) == 1


def test_the_alarms_go_once_nobody_is_watched_or_with_the_next_case() -> None:
    latched = msgspec.structs.replace(
        scenes.FAST, state=AlarmState.ENDED, signal=SignalState.LATCHED
    )
    unwatched = msgspec.structs.replace(scenes.CASE, state=CaseState.MONITORING_ENDED)
    following = msgspec.structs.replace(scenes.CASE, case="KN-261121-015")
    for closing in (unwatched, following):
        mirror = mirror_of(scenes.CASE, scenes.DESATURATION, latched, closing)
        assert mirror.bed(scenes.BED).alarms == {}


def test_a_case_that_only_changed_its_cells_keeps_its_alarms() -> None:
    changed = msgspec.structs.replace(scenes.CASE, cells=())
    bed = mirror_of(scenes.CASE, scenes.DESATURATION, changed).bed(scenes.BED)
    assert len(bed.alarms) == 1


@pytest.mark.parametrize("state", sorted(WATCHED))
def test_a_patient_who_is_watched_keeps_the_alarms(state: CaseState) -> None:
    watched = msgspec.structs.replace(scenes.CASE, state=state)
    bed = mirror_of(scenes.CASE, scenes.DESATURATION, watched).bed(scenes.BED)
    assert len(bed.alarms) == 1


def test_the_states_in_which_a_patient_is_watched_are_those_of_the_daemon() -> None:
    assert WATCHED == steps.WATCHED


def test_a_case_that_moved_is_at_one_bed_alone() -> None:
    moved = msgspec.structs.replace(scenes.CASE, bed="Stue 2")
    mirror = mirror_of(scenes.CASE, scenes.DESATURATION, moved)
    assert (mirror.bed(scenes.BED).case, mirror.bed(scenes.BED).alarms) == (None, {})
    found = mirror.bed("Stue 2").case
    assert found is not None
    assert found.message is moved


def test_a_late_entry_of_a_case_that_is_over_does_not_hide_the_one_that_is_open() -> None:
    over = msgspec.structs.replace(scenes.CASE, case="KN-261121-013", state=CaseState.DISCHARGED)
    found = mirror_of(scenes.CASE, over).bed(scenes.BED).case
    assert found is not None
    assert found.message.case == scenes.CASE.case


def test_the_end_of_a_case_leaves_the_alarms_of_other_beds() -> None:
    elsewhere = msgspec.structs.replace(scenes.DESATURATION, bed="Stue 2")
    ended = msgspec.structs.replace(scenes.CASE, state=CaseState.DISCHARGED)
    assert len(mirror_of(elsewhere, ended).bed("Stue 2").alarms) == 1


def test_after_that_a_note_is_not_kept_and_an_alarm_that_is_told_still_is() -> None:
    ended = msgspec.structs.replace(scenes.CASE, state=CaseState.DISCHARGED)
    latched = msgspec.structs.replace(
        scenes.DESATURATION, state=AlarmState.ENDED, signal=SignalState.LATCHED
    )
    assert mirror_of(ended, latched).bed(scenes.BED).alarms == {}
    assert len(mirror_of(ended, scenes.LINK_LOST).bed(scenes.BED).alarms) == 1


def test_the_last_number_stays_when_readings_without_one_follow() -> None:
    bed = mirror_of(scenes.SPO2, scenes.with_value(scenes.SPO2, None)).bed(scenes.BED)
    assert bed.readings["nonin", Measure.SPO2, None].message.value is None
    assert bed.numbers["nonin", Measure.SPO2].message.value == 97


def test_the_same_alarm_of_two_devices_is_two_alarms() -> None:
    other = msgspec.structs.replace(scenes.LINK_LOST, device="masimo")
    assert len(mirror_of(scenes.LINK_LOST, other).bed(scenes.BED).alarms) == 2


def test_beds_do_not_mix() -> None:
    other = msgspec.structs.replace(scenes.SPO2, bed="Stue 2", value=71)
    mirror = mirror_of(scenes.SPO2, other)
    assert mirror.bed(scenes.BED).readings["nonin", Measure.SPO2, None].message.value == 97


def test_events_are_bounded_and_a_snapshots_events_come_in_the_order_of_time() -> None:
    many = [Event(f"2026-11-21T09:00:{n % 60:02d}.000Z", scenes.BED, "x") for n in range(99)]
    assert len(mirror_of(*many).bed(scenes.BED).events) == EVENTS_KEPT
    bed = mirror_of(scenes.snapshot(*reversed(scenes.EVENTS))).bed(scenes.BED)
    assert list(bed.events) == list(scenes.EVENTS)


def test_any_message_is_a_sign_of_life() -> None:
    mirror = mirror_of(scenes.HELLO)
    later = Instant(scenes.NOW.monotonic + 1.0, scenes.NOW.wall)
    mirror.apply(msgspec.structs.replace(scenes.BEAT, journal=JournalState.LATE), later)
    assert (mirror.heard, mirror.journal) == (later, JournalState.LATE)


def test_what_is_said_of_an_earlier_case_is_not_shown_as_the_case_of_its_bed() -> None:
    over = msgspec.structs.replace(scenes.CASE, state=CaseState.DISCHARGED)
    earlier = msgspec.structs.replace(over, case="KN-261121-003", earlier=True)
    for there in (scenes.CASE, over):
        bed = mirror_of(there, scenes.DESATURATION, earlier).bed(scenes.BED)
        assert bed.case is not None
        assert bed.case.message == there
        assert len(bed.alarms) == 1
    assert mirror_of(scenes.HELLO, scenes.snapshot(), earlier).bed(scenes.BED).case is None


CUFF = msgspec.structs.replace(
    scenes.SPO2, measure=Measure.NIBP_SYSTOLIC, value=118, age_s=300.0, fresh_s=600.0
)
NEXT = msgspec.structs.replace(scenes.CASE, case="KN-261121-015", here_s=299.0)


def test_what_was_read_before_the_patient_came_is_not_shown_as_of_this_patient() -> None:
    key = ("nonin", Measure.NIBP_SYSTOLIC, None)
    for told in ((CUFF, NEXT), (NEXT, CUFF), (scenes.CASE, CUFF, NEXT)):
        bed = mirror_of(*told).bed(scenes.BED)
        assert key not in bed.readings
        assert key[:2] not in bed.numbers
    snapshot = scenes.snapshot(scenes.DEVICE, CUFF, scenes.SPO2, NEXT)
    bed = mirror_of(scenes.HELLO, snapshot).bed(scenes.BED)
    assert list(bed.readings) == [("nonin", Measure.SPO2, None)]


def test_what_was_read_since_the_patient_came_stays_however_old_it_grows() -> None:
    here = msgspec.structs.replace(NEXT, here_s=300.0)
    mirror = mirror_of(CUFF, here)
    later = Instant(scenes.NOW.monotonic + 200, scenes.NOW.wall)
    mirror.apply(msgspec.structs.replace(here, here_s=500.0), later)
    assert ("nonin", Measure.NIBP_SYSTOLIC, None) in mirror.bed(scenes.BED).readings


def test_what_a_site_tells_apart_is_of_no_patient_and_stays() -> None:
    supply = msgspec.structs.replace(CUFF, measure=Measure.GAS_PRESSURE, site="O2")
    bed = mirror_of(supply, NEXT).bed(scenes.BED)
    assert ("nonin", Measure.GAS_PRESSURE, "O2") in bed.readings
