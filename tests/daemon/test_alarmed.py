"""The alarms of a case as the journal tells of them, also where events of it were lost."""

from __future__ import annotations

from daemon.journal.alarming import AlarmChanged
from daemon.report.alarmed import alarmed
from daemon.report.sheet import Alarmed
from monitoring.signals import Cue
from vitals.instant import Instant
from vitals.vocabulary import Priority

MEDIUM, HIGH = Priority.MEDIUM, Priority.HIGH


def told(*cues: Cue) -> tuple[Alarmed, ...]:
    """Return what cues come to that follow one another by a second."""
    return alarmed((_changed(cue), at(number)) for number, cue in enumerate(cues))


def at(number: int) -> Instant:
    return Instant(float(number), float(number))


def when(number: int) -> str:
    return at(number).rfc3339()


def _changed(cue: Cue) -> AlarmChanged:
    priority = HIGH if cue is Cue.ESCALATED else MEDIUM
    by, latency_s = ("AS", 4.0) if cue is Cue.ACKNOWLEDGED else (None, None)
    of = ("spo2_low", "ox", priority, None, None, None)
    return AlarmChanged(cue, "KN-1", "Stue 1", *of, by, latency_s)


def test_an_alarm_lasts_from_its_onset_to_its_end_and_has_the_highest_priority() -> None:
    (one,) = told(Cue.ONSET, Cue.ESCALATED, Cue.ACKNOWLEDGED, Cue.ENDED)
    assert (one.begin, one.end, one.onset) == (when(0), when(3), True)
    assert (one.priority, one.acknowledged_by, one.latency_s) == (HIGH, "AS", 4.0)


def test_an_alarm_whose_onset_was_lost_is_told_from_what_is_known_and_says_so() -> None:
    (one,) = told(Cue.ESCALATED, Cue.ENDED)
    assert (one.begin, one.end, one.priority, one.onset) == (when(0), when(1), HIGH, False)
    (end,) = told(Cue.ENDED)
    assert (end.begin, end.end, end.onset) == (when(0), when(0), False)


def test_what_follows_an_end_is_another_alarm_and_rewrites_nothing() -> None:
    first, second = told(Cue.ONSET, Cue.ENDED, Cue.ENDED)
    assert (first.end, second.onset, second.end) == (when(1), False, when(2))
    first, second = told(Cue.ONSET, Cue.ENDED, Cue.ESCALATED)
    assert (first.priority, first.end) == (MEDIUM, when(1))
    assert (second.onset, second.begin, second.priority) == (False, when(2), HIGH)
    first, second = told(Cue.ONSET, Cue.ENDED, Cue.ONSET)
    assert (second.begin, second.end, second.onset) == (when(2), None, True)


def test_one_that_stayed_to_be_read_ended_when_it_ended_and_is_acknowledged_after_that() -> None:
    (one,) = told(Cue.ONSET, Cue.ENDED_LATCHING, Cue.ACKNOWLEDGED)
    assert (one.end, one.acknowledged_by) == (when(1), "AS")
    (one,) = told(Cue.ONSET, Cue.ENDED_LATCHING, Cue.ENDED)
    assert one.end == when(1)
    first, second = told(Cue.ONSET, Cue.ENDED_LATCHING, Cue.ESCALATED)
    assert (first.end, first.priority, second.onset) == (when(1), MEDIUM, False)


def test_alarms_of_two_devices_are_two() -> None:
    other = _changed(Cue.ONSET)
    found = alarmed([(other, at(0)), (_with(other, "nibp"), at(1)), (_changed(Cue.ENDED), at(2))])
    assert [(one.device, one.end) for one in found] == [("ox", when(2)), ("nibp", None)]


def _with(event: AlarmChanged, device: str) -> AlarmChanged:
    changed = (event.alarm, device, event.priority, None, None, None)
    return AlarmChanged(event.cue, event.case, event.bed, *changed)
