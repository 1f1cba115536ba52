"""Whether a signature still stands for what it was given for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from checklists.entry import Entry, counters, stood
from vitals.acts import Mark, Sign


class Seal:
    """Knows of every mark when it stood."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take all that was said, also what was countered; the order changes nothing."""
        given = {one.number: one for one in entries}
        self._last = max(given, default=0)
        self._against = counters(given.values())
        self._marks: dict[tuple[str, str], list[tuple[Entry, Mark]]] = {}
        for one in given.values():
            if isinstance(one.act, Mark):
                self._marks.setdefault((one.act.list, one.act.target), []).append((one, one.act))

    def holds(self, entry: Entry, sign: Sign, day: date | None, rows: Collection[str]) -> bool:
        """Tell whether nothing under a signature was countered since, or put there after it.

        `day` is that of its run, None of a case's, and `rows` were answered on it: what changed of
        another day concerns the signature where its own has no answer to the row.
        """
        return not any(
            day in (None, one.day) or not set(mark.rows) <= set(rows)
            for one, mark in self._changed(entry, sign)
        )

    def _changed(self, entry: Entry, sign: Sign) -> Iterator[tuple[Entry, Mark]]:
        """Yield the marks before a signature that stand now and did not then, or the reverse."""
        for one, mark in self._marks.get((sign.list, sign.target), ()):
            early = one.number < entry.number
            if early and one.number not in self._against:
                continue
            if (one.at, one.number) < (entry.at, entry.number):
                known = early and stood(one.number, entry.number, self._against)
                if known is not stood(one.number, self._last, self._against):
                    yield one, mark
