"""One service as its file tells it: what it is, what it asks for, and what it does not allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conditions import condition
from sheets import Shelf, day, joined, label, mark
from taken import RenderError, Taken
from terms import MANNERS, MODALITIES, OBLIGATIONS, PHASES, term

Cells = tuple[tuple[str, ...], ...]
"""Rows of a table: what, when, how binding, the mark, the source."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A service in the words of the page."""

    kind: str
    code: str
    english: str
    danish: str
    source: str
    """With the day from which it holds, and who approved it."""
    allows: tuple[str, ...]
    asked: Cells
    advised: Cells
    banned: tuple[str, ...]


def watched(file: Taken, shelf: Shelf) -> Watched:
    """Return the service of a rule file, every key of it taken."""
    service = file.table("service")
    kind, code = service.take("kind"), service.take("code")
    if service.maybe("level") and kind != "anaesthesia":
        raise RenderError(f"{service.where}: a level without anaesthesia")
    english, danish = label(service)
    source = joined(shelf.cited(service), day(service), mark(service))
    allows = tuple(term(MANNERS, manner) for manner in service.maybe("allows") or ())
    service.done()
    file.take("schema")
    rows = [_requirement(row, shelf) for row in file.rows("requirement")]
    asked, advised = (_of(rows, basis) for basis in ("contract", "advisory"))
    banned = tuple(_bans(file.rows("ban"), shelf))
    file.done()
    return Watched(kind, code, english, danish, source, allows, asked, advised, banned)


def _of(rows: Sequence[tuple[str, tuple[str, ...]]], basis: str) -> Cells:
    return tuple(cells for one, cells in rows if one == basis)


def _requirement(row: Taken, shelf: Shelf) -> tuple[str, tuple[str, ...]]:
    """Return the basis of a row and its cells."""
    row.take("id")
    basis = row.take("basis")
    what, when = term(MODALITIES, row.take("modality")), term(PHASES, row.take("phase"))
    binding = term(OBLIGATIONS, row.take("obligation"))
    if basis == "advisory":
        binding = binding.replace("required", "advised")
    if given := row.maybe("when"):
        binding = f"{binding} {condition(Taken(given, row.where))}"
    cells = (what, when, binding + _counted(row), mark(row), shelf.cited(row))
    day(row)
    row.done()
    return basis, cells


def _counted(row: Taken) -> str:
    """Return how many readings a row asks for and how far apart, where it is not throughout."""
    readings, every = row.maybe("readings"), row.maybe("every_s")
    if readings is None:
        return ""
    apart = "" if every is None else f", {every / 60:g} min from one to the next"
    return f": at least {readings} reading{'s' if readings > 1 else ''}{apart}"


def _bans(rows: Sequence[Taken], shelf: Shelf) -> Iterator[str]:
    for row in rows:
        row.take("id")
        said = condition(row.table("when")).removeprefix("with ").removeprefix("in ")
        day(row)
        yield f"- {joined(said, mark(row))}. Source: {shelf.cited(row)}."
        row.done()
