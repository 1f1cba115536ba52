"""How late, how early and how quiet."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, day, joined, lasting, mark
from taken import Taken

AN_HOUR_S = 3600


def hours(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the times that a course is held to."""
    tables.take("schema")
    what = "No airway, end or call is refused by any of these, and no case is closed"
    yield from (f"{what}. The rows are {day(tables)}. {joined(mark(tables))}.", "")
    late, before, quiet = (tables.table(name) for name in ("late", "before", "quiet"))
    yield _told(f"**Late**: more than {_time(late, 'after_s')} after it happened", late, shelf)
    most = _time(before, "most_s")
    yield _told(f"**Early**: more than {most} before the case was opened", before, shelf)
    after, waiting = _time(quiet, "after_s"), _time(quiet, "waiting_s")
    yield _told(
        f"**Quiet**: nothing for {after}; for {waiting} of what has not begun", quiet, shelf
    )
    tables.done()


def _time(row: Taken, key: str) -> str:
    seconds = float(row.take(key))
    return f"{seconds / AN_HOUR_S:g} h" if seconds > AN_HOUR_S else lasting(seconds)


def _told(sentence: str, row: Taken, shelf: Shelf) -> str:
    line = f"- {sentence}. Source: {shelf.cited(row)}."
    row.done()
    return line
