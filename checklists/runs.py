"""Runs: one going through a list for one target, by whoever took part, until somebody signs it.

A run begins on one terminal and may end on another: it is only what was said, put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from checklists.entry import Entry, standing
from checklists.lists import Lists
from checklists.marks import Marked, marked
from checklists.seal import Seal
from vitals.acts import Mark, Sign
from vitals.practice import Outcome, Scope

Lot = tuple[str, str, date | None]
"""A list, a target, and the day; None for a case, whose runs do not end at midnight."""
Saying = tuple[Entry, Mark | Sign]


class Signature(Struct, frozen=True):
    """That a run is over, and who says so."""

    by: str
    at: datetime
    number: int


class Run(Struct, frozen=True, kw_only=True):
    """One going through a list."""

    list: str
    target: str
    day: date | None
    """None: a case's, which no midnight ends."""
    marks: tuple[Marked, ...]
    """In the order in which it was so; a row that was answered twice stands twice."""
    signed: Signature | None = None

    @property
    def begun(self) -> datetime:
        """Return when the first row was answered."""
        return self.marks[0].at

    @property
    def people(self) -> tuple[str, ...]:
        """Return who took part, in the order in which they came."""
        return tuple(dict.fromkeys(one.by for one in self.marks))

    @property
    def answers(self) -> dict[str, Marked]:
        """Return the last answer to each row."""
        return {one.row: one for one in self.marks}

    @property
    def amiss(self) -> tuple[Marked, ...]:
        """Return the last answers that are not `done`, each with its reason."""
        return tuple(one for one in self.answers.values() if one.outcome is not Outcome.DONE)

    @property
    def took_s(self) -> float | None:
        """Return the seconds that its groups took together; None: nobody measured any."""
        return _took_s(self.marks)


def runs(lists: Lists, entries: Iterable[Entry]) -> tuple[Run, ...]:
    """Return every run, in the order in which they began; `entries` also hold what was countered.

    A run is over when it is signed and, but for a case's, when its day is. What is answered after
    that is another run; a signature under nothing signs nothing, and neither does one of which
    something that it stands for was countered, or put under it later: it is to be signed anew.
    """
    given = tuple(entries)
    said = [(entry, entry.act) for entry in standing(given) if isinstance(entry.act, Mark | Sign)]
    cases = _cases(lists, (act for _, act in said))
    lots: dict[Lot, list[Saying]] = {}
    for entry, act in said:
        day = None if (act.list, act.target) in cases else entry.day
        lots.setdefault((act.list, act.target, day), []).append((entry, act))
    seal = Seal(given)
    found = [run for lot, told in lots.items() for run in _split(lot, told, seal)]
    return tuple(sorted(found, key=lambda run: (run.begun, run.marks[0].number)))


def current(found: Sequence[Run], name: str, target: str, day: date) -> Run | None:
    """Return the last run of a list and a target that counts on a day, of those of `runs`.

    It may be signed already. None: nothing of the list was answered that day or, of a case, ever.
    """
    told = [run for run in found if (run.list, run.target) == (name, target)]
    return next((run for run in reversed(told) if run.day in (None, day)), None)


def taken_s(found: Sequence[Run], name: str, target: str, day: date) -> float | None:
    """Return the seconds that a list took a target in all its runs that count on a day.

    What is looked at again after the signature adds to what was taken before it. None: nobody
    measured how long the rows took when they were answered first.
    """
    told = [run for run in found if (run.list, run.target) == (name, target)]
    return _took_s([one for run in told if run.day in (None, day) for one in run.marks])


def _took_s(told: Sequence[Marked]) -> float | None:
    """Return the seconds of marks together; one that only answers again is no time by itself."""
    first: dict[str, int] = {}
    for one in told:
        first.setdefault(one.row, one.number)
    taken = {one.number: one.took_s for one in told if one.took_s is not None}
    return sum(taken.values()) if taken.keys() & {*first.values()} else None


def _cases(lists: Lists, acts: Iterable[Mark | Sign]) -> set[tuple[str, str]]:
    """Return the lists and targets of cases: those with an answer to a row that is about one."""
    about = {key for key, ask in lists.asks.items() if ask.row.scope is Scope.CASE}
    return {
        (act.list, act.target)
        for act in acts
        if isinstance(act, Mark) and any((act.list, row) in about for row in act.rows)
    }


def _split(lot: Lot, said: Sequence[Saying], seal: Seal) -> Iterator[Run]:
    """Yield the runs of one list, target and day, each up to a signature that holds."""
    name, target, day = lot
    told: list[Marked] = []
    rows: set[str] = set()
    for entry, act in said:
        if isinstance(act, Mark):
            told += marked(entry, act)
            rows.update(act.rows)
        elif told and seal.holds(entry, act, day, rows):
            signed = Signature(entry.by, entry.at, entry.number)
            yield Run(list=name, target=target, day=day, marks=tuple(told), signed=signed)
            told = []
    if told:
        yield Run(list=name, target=target, day=day, marks=tuple(told))
