"""Whether an alarm condition exists: a table of transitions, and the time each takes.

Source: IEC 60601-1-8, alarm condition and alarm condition delay; delays are rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from vitals.instant import Instant
from vitals.vocabulary import ConditionState


class Presence(StrEnum):
    """What is seen of a condition just now."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    """Nothing current says either: an alarm stays, a new one does not begin."""


class Happening(StrEnum):
    """What moves a condition on."""

    PRESENT = "present"
    ABSENT = "absent"
    PERSISTED = "persisted"
    FORGOTTEN = "forgotten"


NEXT: dict[ConditionState, dict[Happening, ConditionState]] = {
    ConditionState.INACTIVE: {Happening.PRESENT: ConditionState.PENDING},
    ConditionState.PENDING: {
        Happening.PERSISTED: ConditionState.ACTIVE,
        Happening.ABSENT: ConditionState.INACTIVE,
        Happening.FORGOTTEN: ConditionState.INACTIVE,
    },
    ConditionState.ACTIVE: {Happening.ABSENT: ConditionState.CLEARING},
    ConditionState.CLEARING: {
        Happening.PRESENT: ConditionState.ACTIVE,
        Happening.PERSISTED: ConditionState.INACTIVE,
    },
}
"""Anything not named here leaves the state as it is."""


@dataclass(frozen=True, slots=True)
class Delays:
    """The time that each transition takes, in s."""

    onset_s: float
    """Present for so long: an alarm."""
    off_s: float
    """Absent for so long: ended."""
    forget_s: float
    """Unknown for longer than this before it was an alarm: the wait begins anew."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Where one condition stands."""

    state: ConditionState
    entered: Instant
    """When it took this state."""
    known: Instant
    """When it was last known to be present or absent."""

    @property
    def alarming(self) -> bool:
        """Tell whether it is an alarm: also while it clears."""
        return self.state in (ConditionState.ACTIVE, ConditionState.CLEARING)


def inactive(now: Instant) -> Condition:
    """Return a condition that nobody has seen yet."""
    return Condition(ConditionState.INACTIVE, now, now)


def step(condition: Condition, seen: Presence, delays: Delays, now: Instant) -> Condition:
    """Return the condition after what is seen at `now`."""
    if seen is not Presence.UNKNOWN:
        condition = _moved(replace(condition, known=now), Happening(seen), now)
    if (happening := _timed(condition, seen, delays, now)) is not None:
        condition = _moved(condition, happening, now)
    return condition


def _moved(condition: Condition, happening: Happening, now: Instant) -> Condition:
    state = NEXT[condition.state].get(happening)
    return condition if state is None else replace(condition, state=state, entered=now)


def _timed(condition: Condition, seen: Presence, delays: Delays, now: Instant) -> Happening | None:
    """Return what the passing of time alone makes happen."""
    waited_s = now.seconds_since(condition.entered)
    match condition.state, seen:
        case ConditionState.PENDING, Presence.PRESENT if waited_s >= delays.onset_s:
            return Happening.PERSISTED
        case ConditionState.PENDING, Presence.UNKNOWN:
            forgotten = now.seconds_since(condition.known) > delays.forget_s
            return Happening.FORGOTTEN if forgotten else None
        case ConditionState.CLEARING, Presence.ABSENT if waited_s >= delays.off_s:
            return Happening.PERSISTED
    return None
