"""What is due: each row of each list, for each thing it is about, on a day.

A row falls due by its interval from the last mark that said it was in order. On a day on which
its target is not in use nothing is asked, so what falls due there waits for the next session;
it is overdue once a case was started on a day without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from checklists.days import Day, Target
from checklists.entry import Entry
from checklists.intervals import TIMED, again
from checklists.lists import Lists
from checklists.marks import Marked, done, marks
from checklists.template import Ask
from vitals.practice import Interval, Outcome


class DueState(StrEnum):
    """Where a row stands."""

    DUE = "due"
    OVERDUE = "overdue"
    """A case was started on a day without it."""
    FAILED = "failed"
    """Looked at and not in order; until it is looked at again, however many days later."""
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    """Said today, or of this case; what the calendar asks for is asked anew on the next day."""
    NOT_YET = "not_yet"
    """It waits for the next session, or for what it is about to happen."""


OPEN = frozenset({DueState.DUE, DueState.OVERDUE})
"""Asked for, and nobody has answered."""


class Due(Struct, frozen=True, kw_only=True):
    """Where one row stands for one target on one day."""

    ask: Ask
    target: str
    state: DueState
    mark: Marked | None = None
    """The last answer, whatever it was."""
    last: date | None = None
    """The day on which it was in order last; None: never yet."""
    next: date | None = None
    """The day from which it is asked for, past or to come; None: not by the calendar.

    Where that day is closed, the next session.
    """

    @property
    def by(self) -> str:
        """Return who answered last; empty: nobody yet."""
        return "" if self.mark is None else self.mark.by


def due(lists: Lists, entries: Iterable[Entry], day: Day) -> tuple[Due, ...]:
    """Return where each row stands that is asked for on a day, list by list and row by row.

    What was said of later days is not looked at. The order of the entries changes nothing.
    """
    told = marks(entries, day.day)
    return tuple(
        _due(ask, target, day, told.get((ask.list, ask.id, target.name), ()))
        for template in lists.templates
        for ask in template.asks
        for target in day.targets
        if day.asked(ask, target)
    )


def _due(ask: Ask, target: Target, day: Day, told: Sequence[Marked]) -> Due:
    last = done(told)
    state, following = _state(ask, target, day, told)
    return Due(
        ask=ask,
        target=target.name,
        state=state,
        mark=told[-1] if told else None,
        last=None if last is None else last.day,
        next=following,
    )


def _state(
    ask: Ask, target: Target, day: Day, told: Sequence[Marked]
) -> tuple[DueState, date | None]:
    if told and told[-1].outcome is Outcome.FAILED:
        return DueState.FAILED, None
    if ask.interval in TIMED:
        return _anew(ask, target, day, told) or _timed(ask.interval, target, day.day, told)
    if ask.interval is Interval.CASE:
        late = ask.before_start and any(one <= day.day for one in target.cases)
        return (_answer(told[-1]) if told else _waiting(late=late)), None
    return _awaited(ask, target, day, told), None


def _anew(
    ask: Ask, target: Target, day: Day, told: Sequence[Marked]
) -> tuple[DueState, date | None] | None:
    """Return that what happened since the last answer asks for a row again; None: nothing did."""
    occasion = day.happened(ask.id, target.name)
    if occasion is None or not told or occasion.place <= told[-1].place:
        return None
    if day.day not in target.sessions:
        return DueState.NOT_YET, occasion.day
    late = any(occasion.day < one <= day.day for one in target.cases)
    return _waiting(late=late), occasion.day


def _timed(
    interval: Interval, target: Target, day: date, told: Sequence[Marked]
) -> tuple[DueState, date | None]:
    if told and told[-1].outcome is Outcome.NOT_APPLICABLE and told[-1].day == day:
        return DueState.NOT_APPLICABLE, None
    last = done(told)
    first = min((one for one in target.sessions if one <= day), default=day)
    wanted = first if last is None else again(last.day, interval)
    if wanted > day:
        return DueState.DONE, wanted
    wanted = day if interval is Interval.DAY else wanted
    if day not in target.sessions:
        return DueState.NOT_YET, wanted
    return _waiting(late=any(wanted <= one <= day for one in target.cases)), wanted


def _awaited(ask: Ask, target: Target, day: Day, told: Sequence[Marked]) -> DueState:
    """Return where a row stands that waits for something to happen."""
    occasion = day.happened(ask.id, target.name)
    if told and (occasion is None or occasion.place <= told[-1].place):
        return _answer(told[-1])
    if occasion is None:
        return DueState.NOT_YET
    return _waiting(late=any(occasion.day < one <= day.day for one in target.cases))


def _answer(mark: Marked) -> DueState:
    return DueState.DONE if mark.outcome is Outcome.DONE else DueState.NOT_APPLICABLE


def _waiting(*, late: bool) -> DueState:
    return DueState.OVERDUE if late else DueState.DUE
