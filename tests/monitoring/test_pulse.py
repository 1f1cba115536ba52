from __future__ import annotations

import pytest
from beds import Watch, bed, cues, oximeter

from monitoring.signals import Cue
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import Priority, SignalState

SEARCHING = oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE)
PROBE_OFF = oximeter(Quality.INVALID, Quality.INVALID)
NORMAL = bed(oximeter())


def rate(value: float) -> tuple[Watch, list[tuple[Cue, Priority]]]:
    """Return what a rate that stays is, after the filter and five seconds more."""
    watch = Watch()
    watch.see(bed(oximeter(pulse=value)))
    watch.pass_s(10, bed(oximeter(pulse=value)))
    return watch, [(change.cue, change.priority) for change in watch.changes]


@pytest.mark.parametrize("value", [70, 155, 100])
def test_a_rate_at_or_within_its_limits_does_not_alarm(value: float) -> None:
    assert rate(value)[1] == []


@pytest.mark.parametrize(
    ("value", "condition", "limit"),
    [(69, "hr_low", 70), (61, "hr_low", 70), (156, "hr_high", 155), (184, "hr_high", 155)],
)
def test_a_rate_beyond_its_limit_is_a_medium_alarm(
    value: float, condition: str, limit: float
) -> None:
    watch, changes = rate(value)
    assert changes == [(Cue.ONSET, Priority.MEDIUM)]
    assert watch.alarm(condition).limit == limit


@pytest.mark.parametrize(
    ("value", "condition", "limit"),
    [(60, "hr_low", 60), (30, "hr_low", 60), (185, "hr_high", 185), (240, "hr_high", 185)],
)
def test_a_rate_at_or_beyond_its_outer_limit_is_high_after_five_seconds_and_not_before(
    value: float, condition: str, limit: float
) -> None:
    watch, beyond = Watch(), bed(oximeter(pulse=value))
    watch.see(beyond)
    assert watch.pass_s(4.8, beyond) == []
    watch.pass_s(0.3, beyond)
    alarm = watch.alarm(condition)
    assert (alarm.priority, alarm.limit) == (Priority.HIGH, limit)
    assert watch.pass_s(60, beyond) == []


def test_a_single_extreme_value_does_not_make_a_medium_alarm_high() -> None:
    watch, _ = rate(65)
    assert watch.pass_s(0.3, bed(oximeter(pulse=40))) == []
    assert watch.pass_s(30, bed(oximeter(pulse=65))) == []
    assert watch.alarm("hr_low").priority is Priority.MEDIUM


def test_an_extreme_value_at_the_moment_of_onset_does_not_make_it_high() -> None:
    watch = Watch()
    watch.see(bed(oximeter(pulse=65)))
    watch.pass_s(4.9, bed(oximeter(pulse=65)))
    (onset,) = watch.pass_s(0.1, bed(oximeter(pulse=40)))
    assert onset.priority is Priority.MEDIUM


def test_a_medium_alarm_is_high_after_five_seconds_at_the_outer_limit() -> None:
    watch, _ = rate(65)
    watch.acknowledge("hr_low")
    extreme = bed(oximeter(pulse=60))
    assert watch.pass_s(4.9, extreme) == []
    assert cues(watch.pass_s(0.3, extreme)) == [("hr_low", Cue.ESCALATED)]
    assert watch.alarm("hr_low").signal is SignalState.ON


def test_time_at_the_outer_limit_before_the_onset_counts() -> None:
    watch, extreme = Watch(), bed(oximeter(pulse=50))
    watch.see(bed(oximeter(pulse=65)))
    watch.pass_s(3, bed(oximeter(pulse=65)))
    assert cues(watch.pass_s(2, extreme)) == [("hr_low", Cue.ONSET)]
    assert watch.pass_s(3, extreme) == []
    assert cues(watch.pass_s(0.3, extreme)) == [("hr_low", Cue.ESCALATED)]


def test_a_short_gap_does_not_begin_the_wait_at_the_outer_limit_anew() -> None:
    watch, _ = rate(65)
    extreme = bed(oximeter(pulse=50))
    watch.pass_s(2, extreme)
    watch.pass_s(2, bed(PROBE_OFF))
    assert cues(watch.pass_s(1.5, extreme)) == [("hr_low", Cue.ESCALATED)]


def test_the_wait_at_the_outer_limit_begins_anew_after_too_long_without_a_value() -> None:
    watch, _ = rate(65)
    extreme = bed(oximeter(pulse=50))
    watch.pass_s(3, extreme)
    watch.pass_s(10.5, bed(PROBE_OFF))
    assert "hr_low" not in {one.key.condition for one in watch.pass_s(4, extreme)}
    assert cues(watch.pass_s(2, extreme)) == [("hr_low", Cue.ESCALATED)]


@pytest.mark.parametrize(("value", "condition"), [(65, "hr_low"), (160, "hr_high")])
def test_a_rate_that_flickers_goes_on_waiting(value: float, condition: str) -> None:
    watch = Watch()
    watch.pass_s(1, bed(oximeter(pulse=value)))
    watch.pass_s(4, bed(PROBE_OFF))
    assert cues(watch.pass_s(0.2, bed(oximeter(pulse=value)))) == [(condition, Cue.ONSET)]


def test_time_alone_makes_no_rate_alarm_high() -> None:
    watch, _ = rate(160)
    assert watch.pass_s(120, bed(oximeter(pulse=160))) == []


def test_a_slow_pulse_that_was_high_leaves_a_note_until_it_is_acknowledged() -> None:
    watch, _ = rate(40)
    watch.pass_s(2, NORMAL)
    assert watch.alarm("hr_low").signal is SignalState.LATCHED
    assert not watch.alarm("hr_low").condition.alarming
    watch.acknowledge("hr_low")
    assert watch.alarms == {}


def test_a_slow_pulse_that_was_high_and_acknowledged_leaves_no_note() -> None:
    watch, _ = rate(40)
    watch.acknowledge("hr_low")
    watch.pass_s(2, NORMAL)
    assert watch.alarms == {}


@pytest.mark.parametrize("value", [65, 160, 230])
def test_neither_a_medium_slow_pulse_nor_a_fast_one_leaves_a_note(value: float) -> None:
    watch, _ = rate(value)
    watch.pass_s(2, NORMAL)
    assert watch.alarms == {}


def test_a_note_that_stays_becomes_an_alarm_again_when_the_pulse_falls_again() -> None:
    watch, _ = rate(40)
    watch.pass_s(2, NORMAL)
    watch.pass_s(5.1, bed(oximeter(pulse=65)))
    alarm = watch.alarm("hr_low")
    assert (alarm.signal, alarm.priority) == (SignalState.ON, Priority.MEDIUM)


def test_the_slowest_and_the_fastest_of_two_devices_count() -> None:
    both = bed(oximeter(pulse=65, name="a"), oximeter(pulse=160, name="b"))
    watch = Watch()
    watch.see(both)
    watch.pass_s(5, both)
    assert watch.alarming() == {"hr_low", "hr_high"}


def test_a_pulse_that_is_gone_is_high_after_five_seconds_and_not_before() -> None:
    watch, gone = Watch(), bed(SEARCHING)
    watch.see(gone)
    assert watch.pass_s(4.9, gone) == []
    (onset,) = watch.pass_s(0.1, gone)
    assert (onset.key.condition, onset.priority) == ("no_pulse", Priority.HIGH)


@pytest.mark.parametrize("seen", [(), (Measure.SPO2,)])
def test_a_pulse_that_was_never_found_is_not_gone(seen: tuple[Measure, ...]) -> None:
    watch = Watch()
    watch.pass_s(60, bed(SEARCHING, seen=seen))
    assert "no_pulse" not in watch.alarming()


def test_a_probe_that_is_off_finds_no_pulse_gone() -> None:
    watch = Watch()
    watch.pass_s(60, bed(PROBE_OFF))
    assert "no_pulse" not in watch.alarming()


def test_a_device_that_is_unplugged_finds_no_pulse_gone() -> None:
    watch = Watch()
    watch.pass_s(60, bed())
    watch.pass_s(60, bed(oximeter(None, None)))
    assert "no_pulse" not in watch.alarming()


def test_a_pulse_that_was_gone_stays_gone_when_the_probe_goes_off() -> None:
    watch = Watch()
    watch.pass_s(6, bed(SEARCHING))
    watch.pass_s(300, bed(PROBE_OFF))
    alarm = watch.alarm("no_pulse")
    assert (alarm.condition.alarming, alarm.signal) == (True, SignalState.ON)


def test_a_pulse_that_was_gone_leaves_a_note_when_it_is_found_again() -> None:
    watch = Watch()
    watch.pass_s(6, bed(SEARCHING))
    watch.pass_s(2, NORMAL)
    assert watch.alarm("no_pulse").signal is SignalState.LATCHED


def test_a_pulse_that_another_device_finds_is_not_gone() -> None:
    watch = Watch()
    watch.pass_s(60, bed(SEARCHING, oximeter(name="other")))
    assert watch.alarming() == set()


def test_a_pulse_that_is_gone_is_one_alarm_and_not_two() -> None:
    watch = Watch()
    watch.pass_s(60, bed(SEARCHING))
    assert watch.alarming() == {"no_pulse"}
