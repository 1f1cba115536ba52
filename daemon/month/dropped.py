"""What was planned for a month and not begun: cases that were cancelled, and rows of lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from daemon.clock import local_date
from daemon.month.walk import begun, moment
from daemon.protocol.month import Cancelled
from daemon.state import State
from monitoring.case import Case
from vitals import deeds
from vitals.listing import RowState


def dropped(cases: Iterable[Case], state: State, own: Collection[date]) -> tuple[Cancelled, ...]:
    """Return everything that was not begun, by its day; what still waits is not of it."""
    found = [*_cases(cases), *_rows(state, own)]
    return tuple(sorted(found, key=lambda one: (one.day, one.case)))


def _cases(cases: Iterable[Case]) -> Iterator[Cancelled]:
    for case in cases:
        if case.state.over and not begun(case):
            said = [one.deed for one in case.told if isinstance(one.deed, deeds.Cancel)]
            day = local_date(moment(case))
            yield Cancelled(day, said[-1].why if said else None, case.number)


def _rows(state: State, own: Collection[date]) -> Iterator[Cancelled]:
    """Yield the rows of the lists of those days that were cancelled before a case was opened."""
    for day, listed in state.lists.items():
        for row in listed.rows:
            if day in own and row.state is RowState.CANCELLED and not row.case:
                yield Cancelled(day, row.why)
