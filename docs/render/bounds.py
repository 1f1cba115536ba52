"""What a number that a person types can be."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, day, joined, lasting, mark, sourced
from taken import Taken

HOW = (
    "What a number that a person types can be at all; more or less is a slip of the keys and is "
    "refused with the range. These are no alarm limits. Units are the measure's own."
)


def bounds(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of typed numbers."""
    tables.take("schema")
    yield from (f"{HOW} The rows are {day(tables)}. {joined(mark(tables))}.", "")
    within = lasting(tables.take("together_s"))
    yield f"Pressures of one measurement, typed within {within}, are held to each other."
    yield from sourced(
        ("Measures", "From", "To"), [_row(one, shelf) for one in tables.rows("bound")]
    )
    tables.done()


def _row(row: Taken, shelf: Shelf) -> list[str]:
    row.take("id")
    measures = ", ".join(one.replace("_", " ") for one in row.take("measures"))
    cells = [measures, f"{row.take('lowest'):g}", f"{row.take('highest'):g}", shelf.cited(row)]
    row.done()
    return cells
