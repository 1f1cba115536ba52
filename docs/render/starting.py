"""The start check: what is asked before an anaesthetic, and how much each point weighs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets import Shelf, day, either, joined, label, lasting, mark, shared, sourced
from taken import Taken
from terms import MODALITIES, STATES, WEIGHTS, term

HOW = (
    "Before an anaesthetic starts. A *hold* closes the normal way on, and starting anyway is one "
    "key; what was held is recorded. A *notice* is told. A point closes by itself once it is so. "
    "An emergency is asked nothing, and a block has no start check. What the list of procedures "
    "holds when it is planned is asked here too."
)
MONITORS = (
    "Of the monitors that the contract requires from the start. Where no number is asked for it is "
    "enough that the monitor speaks. *In the child*: what a point weighs in a child that does not "
    "bear the probe before it sleeps"
)
FASTING = (
    "For how long nothing was taken: shown beside the question of fasting, reckoned with by nobody"
)
LIVE = ("Monitor", "Point", "Danish", "A valid number in the last", "Weight", "In the child", "")


def starting(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the start check."""
    tables.take("schema")
    yield from (f"{HOW} The rows are {day(tables)}.", "", "A person answers:")
    asked = [_question(row, shelf) for row in tables.rows("question")]
    asked.append(_physical(tables.table("asa"), shelf))
    yield from sourced(("Question", "Danish", "Before", "Weight", ""), asked)
    yield "Vagt sees by itself:"
    seen = [_kit(tables.table("kit"), shelf), _text(tables.table("text"), shelf)]
    seen += [_beside(row, shelf) for row in tables.rows("beside")]
    yield from sourced(("Point", "Danish", "Where", "Weight", ""), seen)
    live = [_live(row, shelf) for row in tables.rows("live")]
    yield from _marked(MONITORS, LIVE, live)
    fasting = [_fasting(row, shelf) for row in tables.rows("fasting")]
    yield from _marked(FASTING, ("What", "Danish", "Minutes", ""), fasting)
    tables.done()


def _marked(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table with the mark above it that all its rows share."""
    said, told = shared(rows, len(heads) - 1)
    yield f"{title}{said and f' ({said})'}:"
    yield from sourced(heads, told)


def _question(row: Taken, shelf: Shelf) -> list[str]:
    row.take("check")
    return _point(row, shelf, either(row.take("codes"), "and"))


def _physical(row: Taken, shelf: Shelf) -> list[str]:
    return _point(row, shelf, either(row.take("codes"), "and"), f"at most {row.take('most')}")


def _kit(row: Taken, shelf: Shelf) -> list[str]:
    unknown = f"{term(WEIGHTS, row.take('unknown'))} where nobody can say"
    return _point(row, shelf, either(row.take("codes"), "and"), beside=unknown)


def _text(row: Taken, shelf: Shelf) -> list[str]:
    return _point(row, shelf, "where the service has a sentence against it")


def _beside(row: Taken, shelf: Shelf) -> list[str]:
    row.take("ask")
    states = either([term(STATES, state) for state in row.take("states")])
    return _point(row, shelf, f"the other is {states}")


def _point(row: Taken, shelf: Shelf, where: str, more: str = "", beside: str = "") -> list[str]:
    """Return a point's cells: `more` follows its words, `beside` its weight."""
    row.take("id")
    english, danish = label(row)
    weight = joined(term(WEIGHTS, row.take("weight")), beside)
    cells = [joined(english, more), danish, where, weight, mark(row), shelf.cited(row)]
    row.done()
    return cells


def _live(row: Taken, shelf: Shelf) -> list[str]:
    row.take("id")
    name = term(MODALITIES, row.take("modality")).partition(" (")[0]
    within_s, (english, danish) = row.maybe("within_s"), label(row)
    within = "" if within_s is None else lasting(within_s)
    weights = [term(WEIGHTS, row.take(key)) for key in ("weight", "unattached")]
    cells = [name, english, danish, within, *weights, mark(row), shelf.cited(row)]
    row.done()
    return cells


def _fasting(row: Taken, shelf: Shelf) -> list[str]:
    row.take("id")
    cells = [*label(row), str(row.take("minutes")), mark(row), shelf.cited(row)]
    row.done()
    return cells
