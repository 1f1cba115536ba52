"""The alarms of a case, each put together from what the journal says of it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from daemon.journal.alarming import AlarmChanged
from daemon.report.sheet import Alarmed
from monitoring.signals import Cue
from vitals.instant import Instant

Key = tuple[str, str | None]
_ENDS = (Cue.ENDED, Cue.ENDED_LATCHING)


def alarmed(told: Iterable[tuple[AlarmChanged, Instant]]) -> tuple[Alarmed, ...]:
    """Return each alarm, in the order in which they are first on record.

    One whose onset was lost is told from the first that is known of it. One that ended is over:
    what follows under its name is another, but for the acknowledgement of one that stayed to be
    read.
    """
    found: list[Alarmed] = []
    standing: dict[Key, int] = {}
    for event, at in told:
        key = event.alarm, event.device
        place = standing.get(key)
        if place is None or _anew(found[place], event):
            place = standing[key] = len(found)
            found.append(_first(event, at))
        found[place] = _after(found[place], event, at)
        if _over(found[place], event):
            del standing[key]
    return tuple(found)


def _first(event: AlarmChanged, at: Instant) -> Alarmed:
    return Alarmed(
        alarm=event.alarm,
        priority=event.priority,
        begin=at.rfc3339(),
        end=None,
        device=event.device,
        acknowledged_by="",
        latency_s=None,
        onset=event.cue is Cue.ONSET,
    )


def _anew(before: Alarmed, event: AlarmChanged) -> bool:
    """Tell whether an event is of another alarm than the one that is known by its name."""
    return event.cue is Cue.ONSET or (before.end is not None and event.cue is Cue.ESCALATED)


def _over(alarm: Alarmed, event: AlarmChanged) -> bool:
    """Tell whether nothing more can be said of an alarm; one that latched waits for somebody."""
    acknowledged = alarm.end is not None and event.cue is Cue.ACKNOWLEDGED
    return event.cue is Cue.ENDED or acknowledged


def _after(alarm: Alarmed, event: AlarmChanged, at: Instant) -> Alarmed:
    match event.cue:
        case Cue.ESCALATED:
            return structs.replace(alarm, priority=event.priority)
        case Cue.ACKNOWLEDGED if alarm.latency_s is None and not alarm.acknowledged_by:
            return structs.replace(alarm, acknowledged_by=event.by or "", latency_s=event.latency_s)
        case cue if cue in _ENDS and alarm.end is None:
            return structs.replace(alarm, end=at.rfc3339())
        case _:
            return alarm
