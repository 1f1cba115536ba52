from __future__ import annotations

from itertools import product

import pytest
from beds import Watch, at, bed, oximeter

from monitoring.alarms import Alarm, Change, Key, acknowledge, apply, replayed
from monitoring.signals import Cue
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import ConditionState, DeviceState, Priority, SignalState

KEY = Key("spo2_low")
LOW = bed(oximeter(91))
OFF = bed(oximeter(Quality.INVALID, Quality.INVALID))


def change(cue: Cue, seconds: float = 0.0, priority: Priority = Priority.HIGH) -> Change:
    return Change(cue, KEY, at(seconds), priority, Measure.SPO2, 84, 85)


def fold(*cues: Cue) -> Alarm | None:
    """Return what a record of one alarm adds up to, a second after each other."""
    alarms: dict[Key, Alarm] = {}
    for seconds, cue in enumerate(cues):
        alarms = replayed(alarms, change(cue, seconds))
    return alarms.get(KEY)


def test_an_onset_is_kept_with_its_value_its_limit_and_its_moment() -> None:
    alarm = fold(Cue.ONSET)
    assert alarm is not None
    assert (alarm.value, alarm.limit, alarm.onset) == (84, 85, at(0))
    assert (alarm.condition.state, alarm.signal) == (ConditionState.ACTIVE, SignalState.ON)


def test_an_alarm_that_ended_without_a_note_is_gone_from_the_state() -> None:
    assert fold(Cue.ONSET, Cue.ENDED) is None


def test_a_note_stays_until_it_is_acknowledged() -> None:
    noted = fold(Cue.ONSET, Cue.ENDED_LATCHING)
    assert noted is not None
    assert (noted.signal, noted.condition.alarming) == (SignalState.LATCHED, False)
    assert fold(Cue.ONSET, Cue.ENDED_LATCHING, Cue.ACKNOWLEDGED) is None


@pytest.mark.parametrize("cue", [Cue.ACKNOWLEDGED, Cue.ENDED, Cue.ENDED_LATCHING])
def test_nothing_becomes_of_an_alarm_that_is_not_there(cue: Cue) -> None:
    assert apply(None, change(cue)) is None
    assert fold(cue) is None


@pytest.mark.parametrize("last", [Cue.ONSET, Cue.ESCALATED])
@pytest.mark.parametrize("length", range(4))
def test_a_high_alarm_is_shown_whatever_is_missing_from_the_record_before_it(
    last: Cue, length: int
) -> None:
    for cues in product(Cue, repeat=length):
        alarm = fold(*cues, last)
        assert alarm is not None
        assert (alarm.condition.alarming, alarm.signal) == (True, SignalState.ON)
        assert alarm.priority is Priority.HIGH


@pytest.mark.parametrize("length", range(5))
def test_no_record_leaves_a_signal_that_nothing_can_end(length: int) -> None:
    for cues in product(Cue, repeat=length):
        alarm = fold(*cues)
        shown = alarm is not None and alarm.signal in (SignalState.ON, SignalState.ACKNOWLEDGED)
        assert shown == (alarm is not None and alarm.condition.alarming)


def test_replaying_leaves_the_alarms_it_was_given_untouched() -> None:
    before = replayed({}, change(Cue.ONSET))
    kept = dict(before)
    replayed(before, change(Cue.ENDED, 1))
    assert before == kept


def test_acknowledging_changes_one_alarm_and_leaves_the_others_as_they_are() -> None:
    watch = Watch()
    watch.pass_s(6, LOW)
    watch.pass_s(6, OFF)
    before = dict(watch.alarms)
    watch.acknowledge("spo2_low")
    changed = {key for key, alarm in watch.alarms.items() if alarm != before[key]}
    assert changed == {KEY}


def test_acknowledging_a_lost_monitor_leaves_another_lost_one_as_it_is() -> None:
    watch = Watch()
    lost = [oximeter(name=name, state=DeviceState.SILENT) for name in ("one", "two")]
    watch.pass_s(6, bed(*lost))
    watch.acknowledge("link_lost", "one")
    signals = [watch.alarm("link_lost", name).signal for name in ("one", "two")]
    assert signals == [SignalState.ACKNOWLEDGED, SignalState.ON]


@pytest.mark.parametrize("key", [Key("spo2_low"), Key("probe_off", "nonin"), Key("no_such_alarm")])
def test_there_is_nothing_to_acknowledge_at_a_bed_without_alarms(key: Key) -> None:
    assert acknowledge({}, key, at(0)) is None


def test_a_change_carries_the_moment_at_which_it_was_seen() -> None:
    watch = Watch()
    watch.see(LOW)
    (onset,) = watch.pass_s(5, LOW)
    assert onset.at == watch.now == at(5)


def test_watching_goes_on_from_a_record_that_was_read_back() -> None:
    watch = Watch()
    watch.pass_s(6, LOW)
    record = list(watch.changes)
    again = Watch(tenths=watch.tenths)
    for one in record:
        again.alarms = replayed(again.alarms, one)
    for other in (watch, again):
        other.pass_s(20, LOW)
    assert again.changes == watch.changes[len(record) :]
