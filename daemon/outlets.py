"""Where gases are drawn from on a day: at the clinic, or from cylinders that came with a kit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checklists.ledger import Stores
from checklists.supply import Place
from daemon.state import State
from daemon.workday import Workday
from monitoring.daylist import DayList
from vitals.listing import RowState
from vitals.practice import Gas, Use
from vitals.vocabulary import CaseKind, CaseState


def outlets(workday: Workday, stores: Stores, state: State) -> Iterator[Place]:
    """Yield the clinic, and each kit with a cylinder in use; what one of those has is not missed.

    A reserve counts wherever it is at hand.
    """
    brought = {name: _in_use(stores, name) for name in workday.kits}
    served = {gas for gases in brought.values() for gas in gases}
    own = _in_use(stores, workday.clinic.code)
    asked = tuple(gas for gas in workday.clinic.gases if gas in own or gas not in served)
    using = [name for name, gases in brought.items() if gases]
    today = workday.day.day
    for name, gases in ((workday.clinic.code, asked), *((kit, ()) for kit in using)):
        yield Place(
            name=name,
            gases=gases,
            nearby=tuple(place for place in workday.places if place != name),
            left=_left(state, today),
            next=_next(state, today),
            begun=workday.begun,
        )


def _in_use(stores: Stores, place: str) -> set[Gas]:
    labels = [one.label for one in stores.bottles if one.use is Use.IN_USE]
    return {one.gas for one in labels if one.place == place}


def _left(state: State, today: date) -> int | None:
    """Return how many anaesthetics are still to come; None where there is no list."""
    if today not in state.lists:
        return None
    planned = [
        case
        for case in state.cases.values()
        if case.state is CaseState.PLANNED and case.kind is CaseKind.ANAESTHETIC
    ]
    return _waiting(state.list(today)) + len(planned)


def _next(state: State, today: date) -> int | None:
    """Return how many anaesthetics the next day with a list has; None where there is none."""
    ahead = (_waiting(one) for day, one in state.lists.items() if day > today)
    return next((count for count in ahead if count), None)


def _waiting(listed: DayList) -> int:
    return sum(
        row.state is RowState.WAITING and row.plan.kind is CaseKind.ANAESTHETIC
        for row in listed.rows
    )
