"""Entries of a case without what may tell of a patient: every text that somebody wrote freely.

The reason of a waiver stays, since it is what a waiver is read for.
"""

from __future__ import annotations

from functools import cache
from typing import get_type_hints

from msgspec import structs

from daemon.protocol.cases import Entry
from vitals import deeds
from vitals.deed import Deed, Line, Remark
from vitals.deeds import Said

WITHHELD = "-"
"""In the place of a text that may tell of a patient."""
_FREE = (Line, Remark)


def withheld(entry: Entry) -> Entry:
    """Return an entry with a sign in the place of each text that may tell of a patient."""
    deed = entry.deed if _told(entry.deed) else _without(entry.deed, WITHHELD)
    return structs.replace(entry, deed=deed, reason=WITHHELD if entry.reason else "")


def bare(entry: Entry) -> Entry:
    """Return an entry that was withheld from as a page shows it: without that sign."""
    signs = [name for name in _texts(type(entry.deed)) if getattr(entry.deed, name) == WITHHELD]
    return structs.replace(
        entry,
        deed=structs.replace(entry.deed, **dict.fromkeys(signs, "")),
        reason="" if entry.reason == WITHHELD else entry.reason,
    )


def _told(deed: Said) -> bool:
    """Tell whether a report has what a deed says: it waives something, or says why."""
    match deed:
        case deeds.Waive() | deeds.Explain():
            return True
        case deeds.Begin(anyway=kept) | deeds.Recover(device_in_place=kept):
            return kept
        case _:
            return False


def _without(deed: Said, sign: str) -> Said:
    written = [name for name in _texts(type(deed)) if getattr(deed, name)]
    return structs.replace(deed, **dict.fromkeys(written, sign))


@cache
def _texts(kind: type[Deed]) -> tuple[str, ...]:
    """Return the fields of a kind of deed that are written freely."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(name for name in kind.__struct_fields__ if hints[name] in _FREE)
