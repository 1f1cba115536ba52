"""How each event alters the state: the same when it happens and when it is read back."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from daemon.journal.events import (
    AlarmChanged,
    AssignmentEnded,
    CaseEnded,
    CaseStarted,
    Checkpoint,
    DeviceAssigned,
    Event,
    MeasureSeen,
)
from daemon.state import State
from monitoring.alarms import Change, Key, replayed
from monitoring.case import Case, Step, after
from vitals.instant import Instant
from vitals.vocabulary import CaseState

DAYS_KEPT = 40
"""A clock that went back gives no number twice while it goes back no further than this."""


def fold(state: State, event: Event | None, at: Instant) -> State:
    """Return the state after an event; one that changes nothing, or is unknown, leaves it."""
    match event:
        case CaseStarted():
            state = _started(state, event, at)
        case CaseEnded():
            state = _ended(state, event, at)
        case MeasureSeen() if (case := state.running(event.bed)) is not None:
            state = state.with_case(structs.replace(case, seen=case.seen | {event.measure}))
        case AlarmChanged():
            alarms = replayed(state.alarms.get(event.bed, {}), change(event, at))
            state = state.with_alarms(event.bed, alarms)
        case DeviceAssigned():
            state = state.with_place(event.device, event.place)
        case AssignmentEnded():
            state = state.with_place(event.device, None)
        case Checkpoint():
            state = restored(event)
        case _:
            pass
    return state


def restored(checkpoint: Checkpoint) -> State:
    """Return the state that a checkpoint holds."""
    cases = {case.bed: case for case in checkpoint.cases}
    state = State(cases, {}, checkpoint.serials, checkpoint.places)
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
    )


def _started(state: State, event: CaseStarted, at: Instant) -> State:
    case = Case(
        number=event.case,
        bed=event.bed,
        state=after(CaseState.PLANNED, Step.START),
        code=event.code,
        rules=event.rules,
        band=event.band,
        two_years=event.two_years,
        limits=event.limits,
        limits_approved_by=event.limits_approved_by,
        by=event.by,
        started=at,
    )
    serials = sorted({**state.serials, event.day: event.serial}.items())
    state = replace(state, serials=dict(serials[-DAYS_KEPT:]))
    return state.with_case(case).with_alarms(event.bed, {})


def _ended(state: State, event: CaseEnded, at: Instant) -> State:
    case = state.running(event.bed)
    if case is None:
        return state
    ended = structs.replace(case, state=after(case.state, Step.END), ended=at)
    return state.with_case(ended).with_alarms(event.bed, {})
