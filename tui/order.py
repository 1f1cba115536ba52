"""Which alarm comes first, and which of two readable styles its flash shows just now."""

from __future__ import annotations

from collections.abc import Iterable

from daemon.protocol.alarms import AlarmState
from daemon.protocol.messages import Alarm
from tui.mirror import Held
from vitals import flash
from vitals.instant import Instant
from vitals.vocabulary import Priority, SignalState

MARKS = {Priority.HIGH: "!!!", Priority.MEDIUM: "!!", Priority.LOW: "!"}
_WAITING = (SignalState.ON, SignalState.LATCHED)


def ordered(alarms: Iterable[Held[Alarm]]) -> list[Held[Alarm]]:
    """Return alarms as they are shown: before every note, then urgency, then the newest."""
    return sorted(alarms, key=_rank)


def acknowledgeable(alarms: Iterable[Held[Alarm]]) -> Alarm | None:
    """Return the uppermost that waits for a person: an alarm that is on, else a note, else None."""
    waiting = (held.message for held in ordered(alarms) if held.message.signal in _WAITING)
    return next(waiting, None)


def lit(priority: Priority, now: Instant) -> bool:
    """Tell whether the flash of `priority` is in its bright half; low does not flash."""
    return flash.lit(now.monotonic, priority)


def over(alarm: Alarm) -> bool:
    """Tell whether only the note of an alarm is left, its condition gone."""
    return alarm.state is AlarmState.ENDED or alarm.signal is SignalState.LATCHED


def flashing(alarm: Alarm) -> bool:
    """Tell whether an alarm flashes: it exists, and nobody has acknowledged it."""
    return not over(alarm) and alarm.signal is not SignalState.ACKNOWLEDGED


def _rank(held: Held[Alarm]) -> tuple[bool, int, bool, float, str, str]:
    alarm = held.message
    return (
        over(alarm),
        -alarm.priority.rank,
        not flashing(alarm),
        alarm.age_s - held.arrived.monotonic,
        alarm.id,
        alarm.device or "",
    )
