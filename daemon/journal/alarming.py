"""What becomes of alarms, of the sound of a bed and of calls; and how it alters the state."""

from __future__ import annotations

from dataclasses import replace

from daemon.journal.calls import BedCalled
from daemon.journal.event import Event
from daemon.state import State
from monitoring.calls import Call, called_by, made
from monitoring.pause import Pause
from monitoring.signals import Cue
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.sounding import CallStep
from vitals.vocabulary import Priority


class AlarmChanged(Event, frozen=True, tag="alarm"):
    """An alarm began, escalated, was acknowledged, sounds again all the same, or ended."""

    cue: Cue
    case: str
    bed: str
    alarm: str
    device: str | None
    priority: Priority
    measure: Measure | None
    value: float | None
    limit: float | None
    by: str | None = None
    latency_s: float | None = None
    """Of an acknowledgement: seconds from the onset."""


class AudioPaused(Event, frozen=True, tag="audio_paused"):
    """The sound of a bed is off from the event's time for so long."""

    bed: str
    seconds: float
    by: str
    spares_s: float = 0.0
    """So long it silences nothing: the bed has not sounded for long since the pause before."""


class AudioResumed(Event, frozen=True, tag="audio_resumed"):
    """The sound of a bed is on again."""

    bed: str
    by: str | None = None
    """Absent: the pause was over."""


class CallEscalated(Event, frozen=True, tag="call_escalated"):
    """A call that nobody has answered has gone further."""

    case: str
    """Empty: of a bed at which no case ever was."""
    bed: str
    step: CallStep


class CallAnswered(Event, frozen=True, tag="call_answered"):
    """Somebody answered a call."""

    case: str
    """Empty: of a bed at which no case ever was."""
    bed: str
    by: str
    latency_s: float
    """Since it was made."""


Alarming = AudioPaused | AudioResumed | BedCalled | CallEscalated | CallAnswered
"""What people do about the sound of alarms, and of calls."""


def sounded(state: State, event: Alarming, at: Instant) -> State:
    """Return the state after an event of pauses or calls."""
    match event:
        case AudioPaused(bed=bed, seconds=seconds, by=by, spares_s=spares_s):
            return state.with_pause(bed, Pause(at, seconds, by, spares_s))
        case AudioResumed(bed=bed):
            return state.with_pause_over(bed, bed, at)
        case _:
            return _rung(state, event, at)


def _rung(state: State, event: BedCalled | CallEscalated | CallAnswered, at: Instant) -> State:
    """Return the state after an event of calls alone; one that only was kept rings nowhere."""
    key = event.bed if isinstance(event, BedCalled) else called_by(event.case, event.bed)
    call = state.calls.get(key)
    match event:
        case BedCalled(rings=rings, by=by):
            call = made(call, Call("", event.bed, 0, at, at, by)) if rings else call
        case CallEscalated(step=step):
            call = None if call is None else replace(call, step=step)
        case CallAnswered():
            call = None
    return state.with_call(key, call)


def called(state: State, number: str, ringing: Call | None) -> State:
    """Return the state with the open call of a case after an entry, which may have been a call.

    A call goes with its patient to another bed, and is over when every entry of it was struck.
    """
    call, case = state.calls.get(number), state.cases.get(number)
    call = call if ringing is None else made(call, ringing)
    if call is None or case is None:
        return state
    first = call.entry
    stands = any(isinstance(e.deed, deeds.Call) and e.number >= first for e in case.told)
    return state.with_call(number, replace(call, bed=case.bed) if stands else None)
