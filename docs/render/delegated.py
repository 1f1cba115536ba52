"""Injections that somebody else than the specialist gives."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, day, either, label, mark, sourced
from taken import Taken
from terms import COUNTRIES, GROUNDS, WEIGHTS, term

HOW = (
    "A hold closes the normal way on; starting anyway is one key. What was given against a service "
    "description or against the law is a broken rule of the case; what only a guide recommends is "
    "not. The Danish of the Norwegian points is a translation."
)
Found = dict[str, list[list[str]]]
"""Cells by country."""


def delegated(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the delegated injections."""
    tables.take("schema")
    yield f"{HOW} The rows are {day(tables)}."
    refused, asked = Found(), Found()
    for row in tables.rows("refused"):
        refused.setdefault(row.take("country"), []).append(_refused(row, shelf))
    for row in tables.rows("asked"):
        asked.setdefault(row.take("country"), []).append(_asked(row, shelf))
    tables.done()
    for country in sorted({*refused, *asked}):
        yield from ("", f"### {term(COUNTRIES, country)}", "")
        if country in refused:
            heads = ("Not delegated", "Danish", "Services", "Weight", "")
            yield from sourced(heads, refused[country])
        if country in asked:
            yield "Confirmed for each injection; to whom, by naming them:"
            heads = ("What", "Danish", "Rests on", "Weight", "")
            yield from sourced(heads, asked[country])


def _refused(row: Taken, shelf: Shelf) -> list[str]:
    row.take("id")
    cells = [*label(row), either(row.take("codes"), "and"), term(WEIGHTS, row.take("weight"))]
    cells += [mark(row), shelf.cited(row)]
    row.done()
    return cells


def _asked(row: Taken, shelf: Shelf) -> list[str]:
    row.take("id")
    row.take("duty")
    cells = [*label(row), term(GROUNDS, row.take("basis")), term(WEIGHTS, row.take("weight"))]
    cells += [mark(row), shelf.cited(row)]
    row.done()
    return cells
