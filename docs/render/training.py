"""What people must be trained in, service by service, and how old a course may be."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, day, either, mark, sourced
from taken import Taken
from terms import COMPETENCES, DATES, WEIGHTS, term


def competence(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the training."""
    tables.take("schema")
    yield f"The rows are {day(tables)}. A service without a row asks for no training."
    demands = [_demand(row, shelf) for row in tables.rows("demand")]
    yield from sourced(("Service", "Trained in", "On file", "Weight", ""), demands)
    yield "Courses that are held again and again:"
    refreshers = [_refresher(row, shelf) for row in tables.rows("refresher")]
    yield from sourced(("Course", "Old after", "Weight", ""), refreshers)
    tables.done()


def _demand(row: Taken, shelf: Shelf) -> list[str]:
    row.take("id")
    dates = either([term(DATES, one) for one in row.take("needs")], "and")
    cells = [row.take("code"), term(COMPETENCES, row.take("competence")), dates]
    cells += [term(WEIGHTS, row.take("weight")), mark(row), shelf.cited(row)]
    row.done()
    return cells


def _refresher(row: Taken, shelf: Shelf) -> list[str]:
    row.take("id")
    cells = [term(COMPETENCES, row.take("competence")), f"{row.take('months')} months"]
    cells += [term(WEIGHTS, row.take("weight")), mark(row), shelf.cited(row)]
    row.done()
    return cells
