"""How the events of a case alter it; what the first version kept is brought up to this one."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from daemon.journal.events import (
    CaseAged,
    CaseEnded,
    CaseEntered,
    CaseOpened,
    CaseStarted,
    DurationReached,
    InjectionHeld,
    MeasureSeen,
    StartHeld,
)
from daemon.journal.injections import given
from daemon.journal.reach import CallableLost
from daemon.state import State
from monitoring.case import Case, Entry, with_entry
from monitoring.overridden import with_holds
from monitoring.profiles import Profiles
from monitoring.settings import fitting
from monitoring.steps import ATTENDED
from vitals import deeds
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, CaseState

DAYS_KEPT = 40
"""A clock that went back gives no number twice while it goes back no further than this."""

Noted = CaseAged | MeasureSeen | StartHeld | InjectionHeld | DurationReached | CallableLost
Told = CaseEntered | CaseEnded | Noted


def entry(event: CaseEntered, at: Instant) -> Entry:
    """Return the entry that an event records."""
    return Entry(
        number=event.number,
        deed=event.deed,
        at=Instant(at.monotonic - event.ago_s, at.wall - event.ago_s),
        entered=at,
        by=event.by,
        source=event.source,
        reason=event.reason,
        flags=event.flags,
        patient=event.patient,
    )


def opened(state: State, event: CaseOpened | CaseStarted, at: Instant) -> State:
    """Return the state with the case that an event opened."""
    new = event if isinstance(event, CaseOpened) else None
    case = Case(
        number=event.case,
        bed=event.bed,
        state=CaseState.PLANNED,
        code=event.code,
        rules=event.rules,
        band=event.band,
        two_years=event.two_years,
        limits=event.limits,
        limits_approved_by=event.limits_approved_by,
        by=event.by,
        kind=CaseKind.ANAESTHETIC if new is None else new.case_kind,
        planned=event.code,
        procedures=() if new is None else new.procedures,
        site="" if new is None else new.site,
        emergency=new is not None and new.emergency,
        profiles=Profiles() if new is None else new.profiles,
        opened=at,
    )
    serials = sorted({**state.serials, event.day: event.serial}.items())
    state = replace(state, serials=dict(serials[-DAYS_KEPT:]))
    if new is None:
        case = with_entry(case, _step(case, deeds.Begin(), at))
    return state.with_case(case).with_alarms(event.bed, {})


def _entered(state: State, before: Case, event: CaseEntered | CaseEnded, at: Instant) -> State:
    step = _step(before, deeds.Finish(), at) if isinstance(event, CaseEnded) else entry(event, at)
    after = with_entry(before, step)
    state = state.with_case(after).with_given(after.number, given(after))
    if before.state.over:  # the alarms at its bed are those of who lies there now
        return state
    if after.bed != before.bed:
        state = state.with_move(before.bed, after.bed, at)
    return state if after.state in ATTENDED else state.with_alarms(after.bed, {})


def told(state: State, event: Told, at: Instant) -> State:
    """Return the state after something was told of a case; unchanged where it is unknown."""
    case = state.case(event.case)
    if case is None:
        return state
    match event:
        case CaseEntered() | CaseEnded():
            return _entered(state, case, event, at)
        case _:
            return state.with_case(_noted(case, event, at))


def _noted(case: Case, event: Noted, at: Instant) -> Case:
    """Return the case with what is known of it beside its entries."""
    match event:
        case CaseAged():
            return _aged(case, event)
        case MeasureSeen(measure=measure):
            return structs.replace(case, seen=case.seen | {measure})
        case StartHeld() | InjectionHeld():
            return _held(case, event)
        case DurationReached(minutes=minutes):
            return structs.replace(case, crossed=(*case.crossed, minutes))
        case CallableLost():
            return structs.replace(case, unreached=at)


def _held(case: Case, event: StartHeld | InjectionHeld) -> Case:
    if isinstance(event, StartHeld):
        return structs.replace(case, held=event.holds)
    overridden = with_holds(case.overridden, event.number, event.holds)
    return structs.replace(case, overridden=overridden)


def _aged(case: Case, event: CaseAged) -> Case:
    return structs.replace(
        case,
        band=event.band,
        two_years=event.two_years,
        limits=event.limits,
        limits_approved_by=event.limits_approved_by,
        profiles=event.profiles,
        band_reason="",
        settings=fitting(event.limits, event.profiles, case.settings),
    )


def _step(case: Case, deed: deeds.Said, at: Instant) -> Entry:
    number = len(case.entries) + 1
    return Entry(number=number, deed=deed, at=at, entered=at, by=case.by)


def grown(case: Case) -> Case:
    """Return a case with the entries that the first version did not keep."""
    if case.entries or case.started is None:
        return case
    bare = structs.replace(case, opened=case.started, planned=case.code)
    grown = with_entry(bare, _step(bare, deeds.Begin(), case.started))
    if case.ended is not None:
        grown = with_entry(grown, _step(grown, deeds.Finish(), case.ended))
    return grown
