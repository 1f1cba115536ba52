from __future__ import annotations

import pytest
from beds import Watch, bed, cues, oximeter

from monitoring.signals import Cue
from vitals.reading import Quality
from vitals.vocabulary import Priority, SignalState

LIMIT, DESAT = 92, 85
BELOW = bed(oximeter(91))
ABOVE = bed(oximeter(98))
DEEP = bed(oximeter(85))
GONE = bed(oximeter(Quality.UNAVAILABLE, Quality.INVALID))


def began(watch: Watch | None = None) -> Watch:
    """Return a watch on a bed whose low saturation has just become an alarm."""
    watch = watch or Watch()
    watch.see(BELOW)
    watch.pass_s(5, BELOW)
    assert watch.alarm("spo2_low").signal is SignalState.ON
    return watch


def test_a_value_at_the_limit_does_not_alarm() -> None:
    watch = Watch()
    watch.pass_s(60, bed(oximeter(LIMIT)))
    assert watch.changes == []


def test_below_the_limit_it_is_a_medium_alarm_after_five_seconds_and_not_before() -> None:
    watch = Watch()
    watch.see(BELOW)
    assert watch.pass_s(4.9, BELOW) == []
    (onset,) = watch.pass_s(0.1, BELOW)
    assert (onset.cue, onset.priority, onset.value, onset.limit) == (
        Cue.ONSET,
        Priority.MEDIUM,
        91,
        LIMIT,
    )


@pytest.mark.parametrize("value", [DESAT, 84, 40])
def test_at_or_below_the_desaturation_limit_it_is_high_at_once(value: float) -> None:
    watch = Watch()
    (onset,) = watch.see(bed(oximeter(value)))
    assert (onset.cue, onset.priority, onset.limit) == (Cue.ONSET, Priority.HIGH, DESAT)


def test_one_above_the_desaturation_limit_still_waits() -> None:
    watch = Watch()
    assert watch.see(bed(oximeter(86))) == []


def test_a_wait_under_way_is_cut_short_by_a_deep_value() -> None:
    watch = Watch()
    watch.see(BELOW)
    watch.pass_s(2, BELOW)
    assert cues(watch.see(DEEP)) == [("spo2_low", Cue.ONSET)]


def test_a_medium_alarm_becomes_high_at_once_on_a_deep_value() -> None:
    watch = began()
    (change,) = watch.see(DEEP)
    assert (change.cue, change.priority, change.limit) == (Cue.ESCALATED, Priority.HIGH, DESAT)


def test_after_twenty_seconds_below_the_limit_it_is_high_and_not_before() -> None:
    watch = began()  # five of the twenty seconds have passed in the onset filter
    assert watch.pass_s(14.9, BELOW) == []
    (change,) = watch.pass_s(0.1, BELOW)
    assert (change.cue, change.priority) == (Cue.ESCALATED, Priority.HIGH)


def test_acknowledging_does_not_stop_the_escalation_and_the_escalation_takes_it_back() -> None:
    watch = began()
    watch.acknowledge("spo2_low")
    watch.pass_s(14.9, BELOW)
    assert watch.alarm("spo2_low").signal is SignalState.ACKNOWLEDGED
    watch.pass_s(0.1, BELOW)
    assert watch.alarm("spo2_low").signal is SignalState.ON


def test_it_neither_escalates_nor_ends_while_no_number_comes() -> None:
    watch = began()
    gone = bed(oximeter(None, None))
    assert [one for one in watch.pass_s(60, gone) if one.key.condition == "spo2_low"] == []
    assert watch.alarm("spo2_low").priority is Priority.MEDIUM
    (change,) = (one for one in watch.see(BELOW) if one.key.condition == "spo2_low")
    assert change.cue is Cue.ESCALATED


def test_it_escalates_once_and_stays_high_when_the_value_rises_again_below_the_limit() -> None:
    watch = Watch()
    watch.see(DEEP)
    assert watch.pass_s(60, BELOW) == []
    assert watch.alarm("spo2_low").priority is Priority.HIGH


def test_it_shows_the_newest_value_below_the_limit() -> None:
    watch = began()
    watch.see(bed(oximeter(88)))
    assert watch.alarm("spo2_low").value == 88


def test_it_keeps_the_last_value_below_the_limit_to_its_end() -> None:
    watch = began()
    watch.see(bed(oximeter(88)))
    watch.pass_s(5, GONE)
    assert (watch.alarm("spo2_low").value, watch.alarm("spo2_low").limit) == (88, LIMIT)
    watch.see(ABOVE)
    (end,) = watch.pass_s(1, ABOVE)
    assert (end.value, end.limit) == (88, LIMIT)


def test_it_ends_one_second_after_the_value_has_come_back_and_leaves_no_note() -> None:
    watch = began()
    watch.see(ABOVE)
    assert watch.pass_s(0.9, ABOVE) == []
    assert cues(watch.pass_s(0.1, ABOVE)) == [("spo2_low", Cue.ENDED)]
    assert watch.alarms == {}


def test_an_acknowledgement_ends_with_its_alarm_and_the_next_one_sounds() -> None:
    watch = began()
    watch.acknowledge("spo2_low")
    watch.see(ABOVE)
    watch.pass_s(1, ABOVE)
    began(watch)
    assert watch.alarm("spo2_low").signal is SignalState.ON


def test_values_that_cease_neither_end_nor_calm_a_high_alarm() -> None:
    watch = Watch()
    watch.see(DEEP)
    watch.pass_s(120, GONE)
    alarm = watch.alarm("spo2_low")
    assert (alarm.condition.alarming, alarm.priority, alarm.signal) == (
        True,
        Priority.HIGH,
        SignalState.ON,
    )


def test_a_stale_good_value_does_not_end_an_alarm() -> None:
    watch = began()
    watch.pass_s(10, bed(oximeter(98, age_s=3.1)))
    assert "spo2_low" in watch.alarming()


def test_a_stale_low_value_begins_no_alarm() -> None:
    watch = Watch()
    watch.pass_s(10, bed(oximeter(60, age_s=3.1)))
    assert "spo2_low" not in watch.alarming()


def test_nothing_known_makes_a_medium_alarm_no_more_urgent() -> None:
    watch = began()
    watch.pass_s(60, GONE)
    assert watch.alarm("spo2_low").priority is Priority.MEDIUM


def test_a_low_number_that_is_seen_for_one_second_of_five_is_an_alarm() -> None:
    watch = Watch()
    for _ in range(2):
        watch.pass_s(1, BELOW)
        watch.pass_s(4, bed(oximeter(Quality.UNAVAILABLE, 100)))
    watch.pass_s(1, BELOW)
    assert "spo2_low" in watch.alarming()


def test_a_low_number_that_stays_away_until_it_is_stale_begins_its_wait_anew() -> None:
    watch = Watch()
    watch.pass_s(1, BELOW)
    watch.pass_s(10.1, bed(oximeter(Quality.UNAVAILABLE, 100)))
    watch.pass_s(1, BELOW)
    assert "spo2_low" not in watch.alarming()


def test_a_second_oximeter_with_a_good_value_does_not_hide_a_low_one() -> None:
    good, low = oximeter(98, name="a"), oximeter(80, name="b")
    for pair in [(good, low), (low, good)]:
        assert cues(Watch().see(bed(*pair))) == [("spo2_low", Cue.ONSET)]


def test_an_alarm_that_has_ended_cannot_be_acknowledged() -> None:
    watch = began()
    watch.pass_s(2, ABOVE)
    assert watch.acknowledge("spo2_low") is None


def test_an_alarm_that_only_waits_cannot_be_acknowledged() -> None:
    watch = Watch()
    watch.see(BELOW)
    assert watch.acknowledge("spo2_low") is None
    assert watch.pass_s(5, BELOW) != []


def test_it_cannot_be_acknowledged_twice() -> None:
    watch = began()
    assert watch.acknowledge("spo2_low") is not None
    assert watch.acknowledge("spo2_low") is None
