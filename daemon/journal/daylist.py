"""How the events of the day lists alter them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from daemon.journal.rows import Listed, RowEnded, RowMoved, RowPlaced, RowsAdded, RowTaken, Taken
from daemon.state import State
from monitoring import daylist
from monitoring.daylist import DayList, Step
from monitoring.planned import Planned

KEPT = timedelta(days=2)
"""So long a list of which every row has ended is at hand; the journal holds it after that too."""


def listed(state: State, event: Listed) -> State:
    """Return the state after something was done with a list."""
    there = state.list(event.day)
    match event:
        case RowsAdded():
            return _added(_tidied(state, event.today), event.day, event.plans, event.by)
        case RowPlaced():
            return state.with_list(daylist.placed(there, event.row, event.before))
        case RowTaken():
            return taken(state, Taken(event.day, event.row, event.plan), event.case)
        case RowEnded():
            step = Step.DO if event.why is None else Step.CANCEL
            return state.with_list(daylist.stepped(there, event.row, step, why=event.why))
        case RowMoved():
            after = daylist.stepped(there, event.row, Step.MOVE, moved_to=event.to)
            return _added(state.with_list(after), event.to, [event.plan], event.by)


def taken(state: State, row: Taken, number: str) -> State:
    """Return the state with a row taken as a case; unchanged where it waits no longer."""
    there = state.list(row.day)
    after = daylist.stepped(there, row.row, Step.TAKE, case=number, plan=row.plan)
    return state if after is there else state.with_list(after)


def followed(state: State, number: str) -> State:
    """Return the state with the row that a case was opened from standing as the case does."""
    case = state.case(number)
    if case is None:
        return state
    for before in state.lists.values():
        after = daylist.followed(before, case)
        if after != before:
            return state.with_list(after)
    return state


def _added(state: State, day: date, plans: Sequence[Planned], by: str) -> State:
    return state.with_list(daylist.added(state.list(day), plans, by))


def _tidied(state: State, today: date) -> State:
    """Return the state without the lists that were over long ago."""

    def kept(one: DayList) -> bool:
        return not one.over or one.day >= today - KEPT

    return state.with_lists(tuple(one for one in state.lists.values() if kept(one)))
