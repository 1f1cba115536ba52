"""What the minimum stock is called, and which of it is meant by what somebody types: pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from daemon.protocol.daylist import Phrase
from vitals.practice import Ware

FEWEST = 3
"""So many signs of a name mean a row; fewer are in too many names to mean one."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ß": "ss"})
"""Letters that no accent is taken from."""
_BEHIND = re.compile(r" \([^()]*\)$")
"""What a label says beside the name, as `(køl)`."""


class Named(Struct, frozen=True):
    """One row of the minimum stock: what a pack is taken in under."""

    item: str
    label: Phrase
    ware: Ware


def meant(rows: Sequence[Named], typed: str) -> tuple[Named, ...]:
    """Return the rows that `typed` may mean, blind to case and accents, in any of the languages.

    A whole name or id means its row alone; else beginnings come before what stands within. Empty:
    it is a name of its own.
    """
    if found := exactly(rows, typed):
        return found
    wanted = _plain(typed)
    if len(wanted) < FEWEST:
        return ()
    first = tuple(row for row in rows if any(one.startswith(wanted) for one in _names(row)))
    return first or tuple(row for row in rows if any(wanted in one for one in _names(row)))


def exactly(rows: Sequence[Named], typed: str) -> tuple[Named, ...]:
    """Return the rows whose id, or whole name in any of the languages, is `typed`."""
    wanted = _plain(typed)
    return tuple(row for row in rows if wanted in _names(row))


def _names(row: Named) -> Iterator[str]:
    for one in (row.item, row.label.en, row.label.da, row.label.nb):
        yield _plain(one)
        yield _plain(_BEHIND.sub("", one))


def _plain(text: str) -> str:
    """Return a name without what is typed now one way and now another."""
    parted = unicodedata.normalize("NFKD", " ".join(text.split()).casefold().translate(_LETTERS))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))
