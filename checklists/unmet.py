"""What stands in the way of a signature: rows without an answer, and rows that must be done."""

from __future__ import annotations

from collections.abc import Sequence

from checklists.due import OPEN, Due, DueState
from checklists.runs import Run


def unanswered(rows: Sequence[Due], run: Run | None) -> tuple[str, ...]:
    """Return the ids of the rows that nobody has answered yet, of the rows of one list and target.

    What failed on an earlier day is looked at anew; what failed on the day of the run is answered,
    also where that was signed already. None: nothing of the list was answered that day.
    """
    return tuple(one.ask.id for one in rows if one.state in OPEN or _stale(one, run))


def stale(rows: Sequence[Due], run: Run | None) -> tuple[str, ...]:
    """Return the ids of those that failed on an earlier day, and are to be looked at anew."""
    return tuple(one.ask.id for one in rows if _stale(one, run))


def unmet(rows: Sequence[Due]) -> tuple[str, ...]:
    """Return the ids of the rows that must be done before anybody signs, and are not."""
    return tuple(
        one.ask.id for one in rows if one.ask.row.always and one.state is not DueState.DONE
    )


def _stale(one: Due, run: Run | None) -> bool:
    if one.state is not DueState.FAILED or one.mark is None:
        return False
    if run is None:
        return True
    return one.ask.id not in run.answers and run.day not in (None, one.mark.day)
