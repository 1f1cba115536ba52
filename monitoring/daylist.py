"""The list of a day: patients who are to come, in an order that changes; each ends once.

No row ever leaves its list. What becomes of a row that was taken is what becomes of its case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct, structs

from monitoring.case import Case
from monitoring.planned import Planned
from vitals import deeds
from vitals.listing import RowState
from vitals.vocabulary import Cancellation, CaseState


class Step(StrEnum):
    """What may become of a row."""

    TAKE = "take"
    """A case is opened from it."""
    DO = "do"
    """It was done without being taken, as in an emergency."""
    CANCEL = "cancel"
    MOVE = "move"
    """To another day."""


NEXT: dict[RowState, dict[Step, RowState]] = {
    RowState.WAITING: {
        Step.TAKE: RowState.TAKEN,
        Step.DO: RowState.DONE,
        Step.CANCEL: RowState.CANCELLED,
        Step.MOVE: RowState.MOVED,
    },
    RowState.TAKEN: {},
    RowState.DONE: {},
    RowState.CANCELLED: {},
    RowState.MOVED: {},
}
"""What a person may do with a row; one that was taken goes on and ends as its case does."""


class WrongRowError(Exception):
    """The list does not allow this; nothing was changed. The message says what it expected."""


class Row(Struct, frozen=True, kw_only=True):
    """One patient of a list."""

    number: int
    """By which it is called; it stays the same wherever the row stands."""
    plan: Planned
    by: str
    state: RowState = RowState.WAITING
    case: str = ""
    """The number of the case that was opened from it."""
    why: Cancellation | None = None
    """Why it was cancelled; None otherwise."""
    moved_to: date | None = None


class DayList(Struct, frozen=True):
    """Everybody who is to come on a day, the next one first."""

    day: date
    rows: tuple[Row, ...] = ()

    @property
    def next(self) -> Row | None:
        """Return the first row that waits."""
        return next((row for row in self.rows if row.state is RowState.WAITING), None)

    @property
    def over(self) -> bool:
        """Tell whether every row has ended."""
        return all(row.state.over for row in self.rows)

    def row(self, number: int) -> Row | None:
        """Return the row of a number."""
        return next((row for row in self.rows if row.number == number), None)


def added(listed: DayList, plans: Sequence[Planned], by: str) -> DayList:
    """Return the list with more rows at its end; each gets the next number."""
    first = len(listed.rows) + 1
    rows = [Row(number=first + place, plan=plan, by=by) for place, plan in enumerate(plans)]
    return structs.replace(listed, rows=(*listed.rows, *rows))


def placed(listed: DayList, number: int, before: int | None) -> DayList:
    """Return the list with a row put before another, or at the end; the same for unknown rows."""
    row = listed.row(number)
    if row is None or number == before or (before is not None and listed.row(before) is None):
        return listed
    rows = [other for other in listed.rows if other.number != number]
    places = (place for place, other in enumerate(rows) if other.number == before)
    rows.insert(next(places, len(rows)), row)
    return structs.replace(listed, rows=tuple(rows))


def stepped(listed: DayList, number: int, step: Step, **fields: Any) -> DayList:  # noqa: ANN401 - fields of a row
    """Return the list after a step of one row; the same where the table does not allow it."""
    row = listed.row(number)
    if row is None or step not in NEXT[row.state]:
        return listed
    return _with(listed, structs.replace(row, state=NEXT[row.state][step], **fields))


def followed(listed: DayList, case: Case) -> DayList:
    """Return the list with the row that a case was opened from standing as the case does now."""
    for row in listed.rows:
        if row.case == case.number:
            state, why = _standing(case)
            return _with(listed, structs.replace(row, state=state, why=why))
    return listed


def allowed(listed: DayList, number: int, step: Step | None) -> Row:
    """Return the row that may take a step, None being another place; raises WrongRowError."""
    row = listed.row(number)
    if row is None:
        known = ", ".join(str(one) for one in sorted(row.number for row in listed.rows))
        detail = f"expected {known}" if known else "the list is empty"
        raise WrongRowError(f"there is no row {number} on {listed.day}: {detail}")
    if (step or Step.TAKE) in NEXT[row.state]:
        return row
    raise WrongRowError(f"row {number} {_told(row)}: expected a row that waits")


def _told(row: Row) -> str:
    if row.state is RowState.TAKEN:
        return f"was taken as {row.case}, and ends as that does"
    if row.state is RowState.MOVED:
        return f"was moved to {row.moved_to}"
    return f"is {row.state}"


def _standing(case: Case) -> tuple[RowState, Cancellation | None]:
    """Return where the row of a case stands; what ended with nothing begun was cancelled."""
    if not case.state.over:
        return RowState.TAKEN, None
    begun = case.started is not None or any(isinstance(e.deed, deeds.Give) for e in case.standing)
    if begun and case.state is not CaseState.CANCELLED:
        return RowState.DONE, None
    whys = [e.deed.why for e in case.told if isinstance(e.deed, deeds.Cancel)]
    return RowState.CANCELLED, whys[-1] if whys else Cancellation.OTHER


def _with(listed: DayList, row: Row) -> DayList:
    rows = tuple(row if other.number == row.number else other for other in listed.rows)
    return structs.replace(listed, rows=rows)
