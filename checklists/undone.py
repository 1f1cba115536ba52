"""What was countered and not said anew: a row tells that somebody took its answer back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from checklists.entry import Entry, counters, stood
from checklists.keeping import WHOLE
from checklists.marks import Key, newest
from vitals.acts import Mark


def undone(entries: Iterable[Entry], today: date) -> dict[Key, Entry]:
    """Return by list, row and target the counter that took back the answer to it last.

    `entries` also hold what was countered. A row that was answered after the counter is not there,
    and neither is what was said longer ago than everything is kept. The order changes nothing.
    """
    given = sorted({one.number: one for one in entries}.values(), key=lambda one: one.number)
    since = newest(given)
    struck = sorted(_struck(given, today), key=lambda pair: pair[0].number)
    return {
        key: counter
        for counter, key in struck
        if key not in since or since[key].number < counter.number
    }


def _struck(given: Sequence[Entry], today: date) -> Iterator[tuple[Entry, Key]]:
    """Yield each counter that stands, with each row whose answer it took back."""
    against, known = counters(given), {one.number: one for one in given}
    last = max(known, default=0)
    for one in given:
        if isinstance(one.act, Mark) and one.day >= today - WHOLE:
            for counter in _standing(against.get(one.number, ()), last, against, known):
                yield from ((counter, (one.act.list, row, one.act.target)) for row in one.act.rows)


def _standing(
    numbers: Iterable[int],
    last: int,
    against: Mapping[int, tuple[int, ...]],
    known: Mapping[int, Entry],
) -> Iterator[Entry]:
    return (known[number] for number in numbers if stood(number, last, against))
