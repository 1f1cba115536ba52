"""How each event alters the state: the same when it happens and when it is read back."""

from __future__ import annotations

from dataclasses import replace

from daemon.journal.alarming import AlarmChanged, Alarming, called, sounded
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.course import Told, grown, opened, told
from daemon.journal.daylist import followed, listed, taken
from daemon.journal.event import Event
from daemon.journal.events import (
    AssignmentEnded,
    CaseEntered,
    CaseOpened,
    CaseStarted,
    CoverageChanged,
    DeviceAssigned,
)
from daemon.journal.limiting import Limiting, limited
from daemon.journal.practice import PracticeSaid
from daemon.journal.rows import Listed
from daemon.state import State
from monitoring.alarms import Change, Key, replayed
from monitoring.calls import Call
from vitals.instant import Instant


def fold(state: State, event: Event | None, at: Instant) -> State:
    """Return the state after an event; one that changes nothing, or is unknown, leaves it."""
    match event:
        case CaseOpened() | CaseStarted():
            state = _opened(state, event, at)
        case CoverageChanged():
            state = state.with_record(event.case, event.change)
        case AlarmChanged():
            alarms = replayed(state.alarms.get(event.bed, {}), change(event, at))
            state = state.with_alarms(event.bed, alarms)
        case DeviceAssigned():
            state = state.with_place(event.device, event.place)
        case AssignmentEnded():
            state = state.with_place(event.device, None)
        case Checkpoint():
            state = restored(event)
        case _ if isinstance(event, Told | Listed | Alarming | Limiting | PracticeSaid):
            state = _told(state, event, at)
        case _:
            pass
    return state


def _opened(state: State, event: CaseOpened | CaseStarted, at: Instant) -> State:
    """Return the state with a case, and with the row that it was opened from taken by it."""
    state = opened(state, event, at)
    if isinstance(event, CaseStarted) or event.row is None:
        return state
    return taken(state, event.row, event.case)


def _told(
    state: State, event: Told | Listed | Alarming | Limiting | PracticeSaid, at: Instant
) -> State:
    if isinstance(event, PracticeSaid):
        return state.with_said(event.entry)
    if isinstance(event, Alarming):
        return sounded(state, event, at)
    if isinstance(event, Limiting):
        return limited(state, event, at)
    if isinstance(event, Listed):
        return listed(state, event)
    state = told(state, event, at)
    if isinstance(event, CaseEntered):
        state = called(state, event.case, _ringing(event, at))
    return followed(state, event.case)


def _ringing(event: CaseEntered, at: Instant) -> Call | None:
    return Call(event.case, event.bed, event.number, at, at, event.by) if event.rings else None


def restored(checkpoint: Checkpoint) -> State:
    """Return the state that a checkpoint holds."""
    cases = {case.number: grown(case) for case in checkpoint.cases}
    state = State(cases, {}, checkpoint.serials, checkpoint.places, checkpoint.records)
    closed = {case.number: grown(case) for case in checkpoint.closed}
    state = replace(state, given=checkpoint.given, closed=closed).with_lists(checkpoint.lists)
    state = replace(state, pauses=checkpoint.pauses, calls=checkpoint.calls)
    state = replace(state, practice=checkpoint.practice)
    for kept in checkpoint.alarms:
        state = state.with_alarms(
            kept.bed, {**state.alarms.get(kept.bed, {}), kept.key: kept.alarm}
        )
    return state


def change(event: AlarmChanged, at: Instant) -> Change:
    """Return the change of an alarm that an event records."""
    return Change(
        event.cue,
        Key(event.alarm, event.device),
        at,
        event.priority,
        event.measure,
        event.value,
        event.limit,
        event.latency_s,
    )
