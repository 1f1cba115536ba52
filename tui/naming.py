"""What is meant by a name that is typed: a row of the minimum stock, or a person; pure."""

from __future__ import annotations

import re

from daemon.protocol.naming import meant
from tui.listrow import label
from tui.sight import Sight

CODE = re.compile(r"(?:\][A-Za-z][0-9])?\(?0[12]\)?[0-9]{14}.*|[0-9]{8,}")
"""What a scanner types, and nobody calls a thing (GS1 General Specifications, 3.2, AI 01)."""
SHOWN = 8
"""So many rows are shown; who types on sees the others."""


def near(sight: Sight, typed: str) -> list[str]:
    """Return what stands below the name of a pack as it is typed: the rows it may mean."""
    words, wanted = sight.words, typed.strip()
    if not wanted:
        return [words.text("naming.hint")]
    found = meant(sight.practice.stock.rows, wanted)
    names = [label(sight, one.label) for one in found]
    match names:
        case []:
            return [words.text("naming.own")]
        case [name]:
            return [words.text("naming.one", name=name)]
        case _:
            return [*names[:SHOWN], words.text("naming.several", count=len(names))]


def named(typed: str) -> bool:
    """Tell whether what is typed may be a name: the next pack is no name of the one before."""
    return CODE.fullmatch(typed.strip()) is None


def item(sight: Sight, typed: str) -> str | None:
    """Return the id of the row that is meant, or a name of its own; None: it may mean several."""
    found = meant(sight.practice.stock.rows, typed)
    if len(found) > 1:
        return None
    return found[0].item if found else typed


def initials(sight: Sight, typed: str) -> str | None:
    """Return the initials as they are written here; None: nobody has them.

    Where vagt has not said who is here, it alone can tell.
    """
    clinic = sight.practice.clinic
    staff = clinic.staff if clinic else ()
    if not staff:
        return typed
    return next((one for one in staff if one.casefold() == typed.casefold()), None)


def people(sight: Sight, typed: str) -> list[str]:
    """Return what stands below initials that nobody has."""
    clinic = sight.practice.clinic
    staff = clinic.staff if clinic else ()
    if not staff or any(one.casefold().startswith(typed.casefold()) for one in staff):
        return []
    return [sight.words.text("naming.nobody", typed=typed, known=" ".join(staff))]
