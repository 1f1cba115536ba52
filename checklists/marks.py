"""What was said of the rows of lists: every mark that stands, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from checklists.entry import Entry, standing
from vitals.acts import Mark
from vitals.practice import Outcome

Key = tuple[str, str, str]
"""The list, the row and the target that a mark is about."""


class Marked(Struct, frozen=True, kw_only=True):
    """One row of one mark."""

    list: str
    row: str
    target: str
    outcome: Outcome
    reason: str
    by: str
    at: datetime
    day: date
    number: int
    """Of the entry; a group that was confirmed at once has one."""
    took_s: float | None
    """From when the whole group was shown until it was confirmed; None: nobody measured it."""

    @property
    def place(self) -> tuple[datetime, int]:
        """Return where it stands among what was said: of one moment, the number decides."""
        return self.at, self.number

    @property
    def key(self) -> Key:
        """Return what it is about."""
        return self.list, self.row, self.target


def marked(entry: Entry, mark: Mark) -> tuple[Marked, ...]:
    """Return what a mark says of each of its rows."""
    return tuple(
        Marked(
            list=mark.list,
            row=row,
            target=mark.target,
            outcome=mark.outcome,
            reason=mark.reason,
            by=entry.by,
            at=entry.at,
            day=entry.day,
            number=entry.number,
            took_s=mark.took_s,
        )
        for row in mark.rows
    )


def marks(entries: Iterable[Entry], until: date = date.max) -> dict[Key, tuple[Marked, ...]]:
    """Return by list, row and target every mark that stands, the newest last.

    `until`: the last day that is looked at. The order of the entries changes nothing.
    """
    found: dict[Key, list[Marked]] = {}
    for entry in standing(entries):
        if isinstance(entry.act, Mark) and entry.day <= until:
            for one in marked(entry, entry.act):
                found.setdefault(one.key, []).append(one)
    return {key: tuple(told) for key, told in found.items()}


def newest(entries: Iterable[Entry]) -> dict[Key, Marked]:
    """Return by list, row and target the mark that was made last."""
    return {key: told[-1] for key, told in marks(entries).items()}


def done(told: Sequence[Marked]) -> Marked | None:
    """Return the last of the marks of a row that says it is in order; None: none does."""
    return next((one for one in reversed(told) if one.outcome is Outcome.DONE), None)
