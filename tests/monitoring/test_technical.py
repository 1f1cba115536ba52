from __future__ import annotations

from dataclasses import replace

import pytest
from beds import FRESH_S, OXIMETER, STALE_S, Watch, bed, cues, oximeter

from monitoring.signals import Cue
from monitoring.view import DeviceView
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import DeviceState, Modality, Priority, SignalState

OFF = oximeter(Quality.INVALID, Quality.INVALID)
SEARCHING = oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE)
OLD = oximeter(age_s=FRESH_S + 0.1)
READ = (DeviceState.RECEIVING, DeviceState.DEFECTIVE)
DOWN = [state for state in DeviceState if state not in READ]
NOBODY: frozenset[Modality] = frozenset()


def down(state: DeviceState = DeviceState.LOST) -> DeviceView:
    return oximeter(state=state, age_s=60)


def test_a_probe_that_is_off_is_a_medium_alarm_after_five_seconds_and_not_before() -> None:
    watch = Watch()
    watch.see(bed(OFF))
    assert watch.pass_s(4.9, bed(OFF)) == []
    (onset,) = watch.pass_s(0.1, bed(OFF))
    assert (onset.key.condition, onset.key.device) == ("probe_off", OXIMETER)
    assert (onset.priority, onset.value, onset.limit) == (Priority.MEDIUM, None, None)


@pytest.mark.parametrize("elapsed_s", [0.0, 60.0, 119.9])
def test_a_probe_that_is_off_is_silent_within_the_grace(elapsed_s: float) -> None:
    watch = Watch()
    watch.pass_s(60, bed(OFF, elapsed_s=elapsed_s))
    assert watch.changes == []


def test_the_filter_of_the_probe_begins_when_the_grace_has_ended() -> None:
    watch = Watch()
    watch.pass_s(60, bed(OFF, elapsed_s=119.9))
    watch.see(bed(OFF, elapsed_s=120.0))
    assert watch.pass_s(4.9, bed(OFF, elapsed_s=124.9)) == []
    assert cues(watch.pass_s(0.1, bed(OFF, elapsed_s=125.0))) == [("probe_off", Cue.ONSET)]


def test_a_probe_that_was_never_put_on_is_one_event_and_never_seen_owns_it() -> None:
    watch = Watch()
    watch.see(bed(OFF, elapsed_s=120.0, seen=()))
    watch.pass_s(60, bed(OFF, elapsed_s=180.0, seen=()))
    assert watch.alarming() == {"never_seen"}


def test_a_cable_that_was_never_in_is_one_event_and_the_lost_link_owns_it() -> None:
    watch = Watch()
    watch.pass_s(10, bed(down(), elapsed_s=119.0, seen=()))
    watch.pass_s(60, bed(down(), elapsed_s=180.0, seen=()))
    assert watch.alarming() == {"link_lost"}


def test_a_probe_that_is_on_again_ends_its_alarm_at_once() -> None:
    watch = Watch()
    watch.pass_s(6, bed(OFF))
    assert cues(watch.see(bed(oximeter()))) == [("probe_off", Cue.ENDED)]
    assert watch.alarms == {}


@pytest.mark.parametrize("unknown", [OLD, down(), oximeter(None, None)])
def test_nothing_known_does_not_end_the_alarm_of_a_probe(unknown: DeviceView) -> None:
    watch = Watch()
    watch.pass_s(6, bed(OFF))
    watch.pass_s(60, bed(unknown))
    assert "probe_off" in watch.alarming()


def test_a_probe_nobody_requires_is_a_low_alarm_once_it_was_in_use() -> None:
    watch = Watch()
    watch.pass_s(6, bed(OFF, required=NOBODY))
    assert watch.alarm("probe_off", OXIMETER).priority is Priority.LOW


def test_a_probe_nobody_requires_and_nobody_used_is_silent() -> None:
    watch = Watch()
    watch.pass_s(60, bed(OFF, required=NOBODY, seen=()))
    assert watch.changes == []


def test_a_probe_beside_one_that_gives_the_number_is_low_until_that_one_fails() -> None:
    watch = Watch()
    watch.pass_s(6, bed(oximeter(name="on"), OFF))
    assert watch.alarm("probe_off", OXIMETER).priority is Priority.LOW
    watch.acknowledge("probe_off", OXIMETER)
    assert cues(watch.see(bed(down(), OFF)))[:1] == [("probe_off", Cue.ESCALATED)]
    assert watch.alarm("probe_off", OXIMETER).signal is SignalState.ON


def test_each_device_has_an_alarm_of_its_own() -> None:
    off = oximeter(Quality.INVALID, Quality.INVALID, name="other")
    watch = Watch()
    watch.pass_s(6, bed(OFF, off))
    watch.acknowledge("probe_off", "other")
    assert watch.alarm("probe_off", OXIMETER).signal is SignalState.ON
    assert watch.alarm("probe_off", "other").signal is SignalState.ACKNOWLEDGED


def test_an_alarm_of_a_device_that_no_longer_stands_at_the_bed_ends() -> None:
    watch = Watch()
    watch.pass_s(6, bed(OFF))
    assert cues(watch.see(bed())) == [("probe_off", Cue.ENDED)]


def test_a_required_number_whose_monitor_is_taken_away_is_stale_after_ten_seconds() -> None:
    watch = Watch()
    watch.pass_s(10, bed(oximeter()))
    assert watch.pass_s(10, bed()) == []
    (onset,) = watch.pass_s(0.2, bed())
    assert (onset.key.condition, onset.key.device) == ("stale", None)
    assert (onset.cue, onset.priority, onset.measure) == (
        Cue.ONSET,
        Priority.MEDIUM,
        Measure.SPO2,
    )
    assert watch.pass_s(300, bed()) == []
    assert cues(watch.see(bed(oximeter()))) == [("stale", Cue.ENDED)]


def test_a_silent_monitor_that_is_taken_away_ends_its_lost_connection_and_is_missed() -> None:
    watch = Watch()
    watch.pass_s(30, bed(down()))
    assert watch.alarming() == {"link_lost"}
    watch.pass_s(11, bed())
    assert watch.alarming() == {"stale"}


def test_a_number_is_stale_after_ten_seconds_and_not_before() -> None:
    watch = Watch()
    for tenths in range(round(STALE_S * 10) + 1):
        watch.pass_s(0.1, bed(oximeter(age_s=tenths / 10)))
    assert watch.changes == []
    assert cues(watch.pass_s(0.2, bed(oximeter(age_s=STALE_S + 0.1)))) == [("stale", Cue.ONSET)]


@pytest.mark.parametrize("state", DOWN)
def test_a_number_is_stale_only_while_the_device_speaks(state: DeviceState) -> None:
    watch = Watch()
    watch.pass_s(60, bed(oximeter(age_s=60, state=state)))
    assert watch.alarming() == {"link_lost"}


def test_a_device_that_has_just_come_back_has_time_for_its_first_number() -> None:
    watch = Watch()
    watch.pass_s(30, bed(down()))
    back = oximeter(age_s=60)
    assert cues(watch.pass_s(6.9, bed(back))) == [("link_lost", Cue.ENDED)]
    assert cues(watch.pass_s(0.5, bed(back))) == [("stale", Cue.ONSET)]


def test_the_number_of_the_child_before_is_not_stale_but_never_seen() -> None:
    watch = Watch()
    watch.pass_s(60, bed(oximeter(age_s=600), elapsed_s=60, seen=()))
    assert watch.changes == []


@pytest.mark.parametrize("quality", [Quality.UNAVAILABLE, Quality.CALIBRATING])
def test_a_required_number_that_does_not_come_alarms_though_the_pulse_is_found(
    quality: Quality,
) -> None:
    watch, missing = Watch(), bed(oximeter(quality, 100))
    assert watch.pass_s(7, missing) == []
    assert cues(watch.pass_s(0.2, missing)) == [("stale", Cue.ONSET)]


def test_a_required_number_that_never_came_after_a_restart_is_missed() -> None:
    watch = Watch()
    watch.pass_s(8, bed(oximeter(None, None)))
    assert watch.alarming() == {"stale"}


def test_a_number_that_another_device_gives_is_not_stale() -> None:
    watch = Watch()
    watch.pass_s(60, bed(oximeter(age_s=60), oximeter(name="other")))
    assert watch.changes == []


def test_a_number_missing_from_both_devices_is_missed_though_one_finds_the_pulse() -> None:
    watch = Watch()
    watch.pass_s(8, bed(SEARCHING, oximeter(Quality.UNAVAILABLE, 100, name="other")))
    assert watch.alarming() == {"stale"}


def test_a_number_nobody_requires_is_never_stale_nor_missed() -> None:
    watch = Watch()
    watch.pass_s(60, bed(OLD, required=NOBODY, seen=()))
    watch.pass_s(60, bed(OLD, required=NOBODY))
    assert watch.changes == []


def test_a_stale_number_that_is_renewed_ends_its_alarm_at_once() -> None:
    watch = Watch()
    watch.pass_s(8, bed(OLD))
    assert cues(watch.see(bed(oximeter()))) == [("stale", Cue.ENDED)]


def test_a_probe_that_comes_off_is_one_alarm_and_not_two() -> None:
    watch = Watch()
    watch.pass_s(60, bed(OFF))
    assert watch.alarming() == {"probe_off"}


@pytest.mark.parametrize("device", [OFF, SEARCHING, oximeter(None, None)])
def test_a_required_number_never_seen_alarms_when_the_grace_ends_and_not_before(
    device: DeviceView,
) -> None:
    watch = Watch()
    assert watch.see(bed(device, elapsed_s=119.9, seen=())) == []
    (onset,) = watch.see(bed(device, elapsed_s=120.0, seen=()))
    assert (onset.key.condition, onset.key.device) == ("never_seen", None)
    assert (onset.priority, onset.measure) == (Priority.MEDIUM, Measure.SPO2)


def test_a_bed_without_any_device_alarms_when_the_grace_ends() -> None:
    assert cues(Watch().see(bed(elapsed_s=120.0, seen=()))) == [("never_seen", Cue.ONSET)]


def test_the_first_number_ends_the_alarm_that_none_was_seen() -> None:
    watch = Watch()
    watch.see(bed(elapsed_s=120.0, seen=()))
    assert cues(watch.see(bed(oximeter()))) == [("never_seen", Cue.ENDED)]


def test_the_alarm_that_none_was_seen_ends_when_it_is_no_longer_required() -> None:
    watch = Watch()
    watch.see(bed(elapsed_s=120.0, seen=()))
    watch.see(bed(elapsed_s=121.0, seen=(), required=NOBODY))
    assert watch.alarms == {}


@pytest.mark.parametrize("state", DOWN)
def test_a_connection_is_lost_after_five_seconds_and_not_before(state: DeviceState) -> None:
    watch, lost = Watch(), bed(down(state))
    watch.see(lost)
    assert watch.pass_s(4.9, lost) == []
    (onset,) = watch.pass_s(0.1, lost)
    assert (onset.key.condition, onset.key.device) == ("link_lost", OXIMETER)
    assert onset.priority is Priority.MEDIUM


def test_a_driver_that_failed_is_a_defect_at_once_and_no_lost_connection() -> None:
    watch, failed = Watch(), bed(down(DeviceState.DEFECTIVE))
    (onset,) = watch.see(failed)
    assert (onset.key.condition, onset.key.device) == ("driver_defect", OXIMETER)
    assert onset.priority is Priority.MEDIUM
    watch.pass_s(60, failed)
    assert watch.alarming() == {"driver_defect"}


def test_a_defect_whose_port_is_then_lost_becomes_a_lost_connection() -> None:
    watch = Watch()
    watch.see(bed(down(DeviceState.DEFECTIVE)))
    assert cues(watch.see(bed(down(DeviceState.LOST)))) == [("driver_defect", Cue.ENDED)]
    assert cues(watch.pass_s(5, bed(down(DeviceState.LOST)))) == [("link_lost", Cue.ONSET)]


def test_a_clock_that_jumped_is_low_and_its_note_stays() -> None:
    watch = Watch()
    (onset,) = watch.see(replace(bed(oximeter()), jumped=True))
    assert (onset.key.condition, onset.priority) == ("clock_jump", Priority.LOW)
    watch.see(bed(oximeter()))
    assert watch.alarm("clock_jump").signal is SignalState.LATCHED


def test_no_sound_is_medium_at_once_and_its_note_stays() -> None:
    watch = Watch()
    (onset,) = watch.see(replace(bed(oximeter()), sounding=False))
    assert (onset.key.condition, onset.priority) == ("sound_unusable", Priority.MEDIUM)
    watch.see(bed(oximeter()))
    assert watch.alarm("sound_unusable").signal is SignalState.LATCHED


@pytest.mark.parametrize(("owed", "alarming"), [(0.89, set()), (0.9, {"outbox_full"})])
def test_an_outbox_that_is_nine_tenths_owed_is_told_of(owed: float, alarming: set[str]) -> None:
    watch = Watch()
    watch.see(replace(bed(oximeter()), owed=owed))
    assert watch.alarming() == alarming
    watch.see(bed(oximeter()))
    assert watch.alarming() == set()


def test_a_device_that_is_opened_again_and_again_is_still_lost() -> None:
    watch = Watch()
    for _ in range(4):
        watch.pass_s(1, bed(down(DeviceState.LOST)))
        watch.pass_s(1, bed(down(DeviceState.OPENING)))
    assert watch.alarming() == {"link_lost"}


def test_a_connection_is_missed_within_the_grace_and_where_nobody_requires_it() -> None:
    watch = Watch()
    watch.pass_s(6, bed(down(), elapsed_s=10, required=NOBODY))
    assert watch.alarming() == {"link_lost"}


def test_the_first_good_frame_ends_the_loss_of_the_connection() -> None:
    watch = Watch()
    watch.pass_s(6, bed(down()))
    assert cues(watch.see(bed(oximeter()))) == [("link_lost", Cue.ENDED)]


def test_a_journal_that_falls_behind_alarms_at_once_and_its_note_stays() -> None:
    watch = Watch()
    failed = bed(oximeter(), recording=False)
    assert cues(watch.see(failed)) == [("recorder_failure", Cue.ONSET)]
    watch.pass_s(1, bed(oximeter()))
    assert watch.alarm("recorder_failure").signal is SignalState.LATCHED
    watch.acknowledge("recorder_failure")
    assert watch.alarms == {}
