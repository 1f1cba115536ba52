"""For how long an anaesthetist counts as callable."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, day, joined, lasting, mark
from taken import Taken


def reaching(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of who can be called."""
    tables.take("schema")
    what = "Whether the anaesthetist can be called at once is said once and asked of nobody again"
    yield from (f"{what}. The rows are {day(tables)}. {joined(mark(tables))}.", "")
    row = tables.table("terminal")
    row.take("id")
    within = lasting(row.take("within_s"))
    yield f"- Lost once no terminal of hers has answered for {within}. Source: {shelf.cited(row)}."
    row.done()
    tables.done()
