"""Who may say what of a patient."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, day, either, joined, mark, sourced
from taken import Taken
from terms import WEIGHTS, term

HOW = (
    "Where the people of a practice are listed; where nobody is, anybody may. An airway, an end, a "
    "call, an emergency and an acknowledgement are taken from anybody, and so is what is only "
    "planned. Words are those of `vagt case say`."
)


def people(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of who may say what."""
    tables.take("schema")
    yield from (f"{HOW} The rows are {day(tables)}.", "", "Who may say it:")
    yield ""
    yield from (_may(row, shelf) for row in tables.rows("may"))
    yield from ("", "Whom a patient may be given to:")
    yield from sourced(("By", "To", ""), [_to(row, shelf) for row in tables.rows("to")])
    tables.done()


def _may(row: Taken, shelf: Shelf) -> str:
    what, who = ", ".join(f"`{one}`" for one in row.take("deeds")), list(row.take("roles"))
    who += ["whom the patient is handed to"] if row.maybe("handed") else []
    who += ["who entered it"] if row.maybe("own") else []
    said, source = _closed([joined(either(who), mark(row))], row, shelf)
    return f"- {what}: {said}. Source: {source}."


def _to(row: Taken, shelf: Shelf) -> list[str]:
    return _closed([f"`{row.take('deed')}`", either(row.take("roles")), mark(row)], row, shelf)


def _closed(cells: list[str], row: Taken, shelf: Shelf) -> list[str]:
    row.take("id")
    term(WEIGHTS, row.take("weight"))
    cells.append(shelf.cited(row))
    row.done()
    return cells
