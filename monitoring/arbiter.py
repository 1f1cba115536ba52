"""What is to sound: which alarms of a bed are audible, and which burst comes next of all beds.

Source: IEC 60601-1-8: the most urgent alarm sounds, a burst that has begun is completed, and
between bursts lies the interval of their priority. Which alarms sound at which bed is a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitoring.alarms import Alarm, Alarms, Key
from monitoring.calls import Call
from monitoring.pause import Pause, silences
from monitoring.signalrules import ProfileRow
from vitals.instant import Instant
from vitals.vocabulary import AlarmKind, Priority, SignalState


@dataclass(frozen=True, slots=True)
class Played:
    """The burst that began last."""

    priority: Priority
    ends: Instant
    """When its last pulse is over; ahead of now while it plays."""


@dataclass(frozen=True, slots=True)
class Burst:
    """The burst that comes next, unless something else has become audible before it starts."""

    priority: Priority
    at: Instant
    """The earliest moment at which it may start; never before now."""


def audible(
    alarms: Alarms,
    pause: Pause | None,
    profile: ProfileRow,
    kinds: Mapping[str, AlarmKind],
    now: Instant,
) -> tuple[Key, ...]:
    """Return the alarms of a bed that are to sound at `now`, the most urgent first.

    A latched note, and what somebody has acknowledged, is silent. A condition that `kinds` does not
    know sounds as a technical one does: at every bed.
    """
    heard = [
        (key, alarm.priority)
        for key, alarm in alarms.items()
        if alarm.signal is SignalState.ON
        and not silences(pause, _urgent(alarm), now)
        and _wanted(alarm, profile, kinds.get(key.condition, AlarmKind.TECHNICAL), now)
    ]
    return tuple(key for key, _ in sorted(heard, key=lambda one: -one[1].rank))


def ringing(call: Call, pause: Pause | None, now: Instant) -> bool:
    """Tell whether a call that nobody has answered sounds: high, whatever the bed's profile."""
    return not silences(pause, call.raised, now)


def next_burst(
    heard: Iterable[Priority],
    last: Played | None,
    now: Instant,
    intervals: Mapping[Priority, float],
) -> Burst | None:
    """Return the burst that comes after `last`; None while nothing is audible at any bed.

    `intervals` are the seconds between the end of a burst of a priority and the next. What is more
    urgent than the last burst starts as soon as that has completed; anything else waits.
    """
    priority = max(heard, key=lambda one: one.rank, default=None)
    if priority is None:
        return None
    if last is None:
        return Burst(priority, now)
    gap_s = 0.0 if priority.rank > last.priority.rank else intervals[last.priority]
    ahead_s = max(0.0, gap_s - now.seconds_since(last.ends))
    return Burst(priority, Instant(now.monotonic + ahead_s, now.wall + ahead_s))


def _urgent(alarm: Alarm) -> Instant | None:
    """Return when an alarm last became what a pause that was asked for before does not silence."""
    if alarm.priority is not Priority.HIGH:
        return alarm.lapsed
    if alarm.lapsed is None or alarm.raised_at.seconds_since(alarm.lapsed) > 0.0:
        return alarm.raised_at
    return alarm.lapsed


def _wanted(alarm: Alarm, profile: ProfileRow, kind: AlarmKind, now: Instant) -> bool:
    """Tell whether the profile of the bed lets an alarm sound."""
    if kind is AlarmKind.TECHNICAL:
        return True
    if alarm.priority.rank < profile.physiological.rank:
        return False
    return now.seconds_since(alarm.raised_at) >= profile.lasting_s
