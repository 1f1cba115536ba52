"""Entries: what was said of the practice, in the order in which it was said.

Everything else of this room is worked out from them anew: nothing is ever changed or deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from vitals.acts import Counter, Done


class Entry(Struct, frozen=True):
    """One saying."""

    number: int
    """From 1, in the order of saying; it is never given twice."""
    at: datetime
    """When it was so, with its time zone; a late entry says an earlier moment."""
    day: date
    """The same by the calendar on the wall of the clinic."""
    by: str
    act: Done


def placed(at: datetime, end: datetime, entries: Iterable[Entry]) -> datetime:
    """Return where what is said now of a moment stands: no earlier than what was said of it before.

    The moment goes on until `end`, and that is of the next. Between two of the same moment the
    number decides, so what was said last counts last.
    """
    return max((one.at for one in entries if at <= one.at < end), default=at)


def counters(entries: Iterable[Entry]) -> Mapping[int, tuple[int, ...]]:
    """Return which counters name an entry, by its number; one that names a later entry does not."""
    found: dict[int, tuple[int, ...]] = {}
    for one in entries:
        if isinstance(one.act, Counter) and one.act.entry < one.number:
            found[one.act.entry] = (*found.get(one.act.entry, ()), one.number)
    return found


def stood(number: int, until: int, against: Mapping[int, tuple[int, ...]]) -> bool:
    """Tell whether an entry stood when the entry `until` was said; `against` as of `counters`."""
    return not any(one <= until and stood(one, until, against) for one in against.get(number, ()))


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that nobody has countered, by the moment and then the number.

    However the entries are put in order, the answer is the same. A counter that is itself
    countered counts no longer; one that names a later entry, or none, counters nothing.
    """
    given = sorted({one.number: one for one in entries}.values(), key=lambda one: -one.number)
    struck: set[int] = set()
    for one in given:
        if isinstance(one.act, Counter) and one.number not in struck and one.act.entry < one.number:
            struck.add(one.act.entry)
    kept = [one for one in given if one.number not in struck and not isinstance(one.act, Counter)]
    return tuple(sorted(kept, key=lambda one: (one.at, one.number)))
