"""How much of what is required counts as watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sheets import Shelf, day, joined, lasting, mark, sourced
from taken import Taken
from terms import MODALITIES, term

HOW = (
    "What a case comes to by how much of what was required is on record. By these rows alone the "
    "contract never fails: for that a required monitor must have given nothing at all, or a rule "
    "of the text be broken. What the verdicts mean is told in [cases.md](cases.md)."
)


def shares(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the coverage."""
    tables.take("schema")
    yield from (f"{HOW} The rows are {day(tables)}. {joined(mark(tables))}.", "")
    yield _told("Enough, on either basis", _enough, tables.table("enough"), shelf)
    yield _told("Advice is missed", _advice, tables.table("advice"), shelf)
    yield _told("A cuff on the limb of the probe", _cuff, tables.table("cuff"), shelf)
    yield _told("Readings by the clock", _late, tables.table("late"), shelf)
    yield from ("", "Asked for as single readings, by monitor or by hand; watched after each for:")
    intervals = [_interval(row, shelf) for row in tables.rows("interval")]
    yield from sourced(("What", "For"), intervals)
    yield from ("", "After the last injection peers would watch on for:")
    injections = [_injection(row, shelf) for row in tables.rows("injection")]
    yield from sourced(("Service", "For"), injections)
    tables.done()


def _told(name: str, sentence: Callable[[Taken], str], row: Taken, shelf: Shelf) -> str:
    line = f"- **{name}**: {sentence(row)}. Source: {shelf.cited(row)}."
    row.done()
    return line


def _enough(row: Taken) -> str:
    return (
        f"at least {_share(row)} of the required time, or at most "
        f"{lasting(row.take('unwatched_s'))} unwatched in all and no single gap longer than "
        f"{lasting(row.take('longest_s'))}"
    )


def _advice(row: Taken) -> str:
    return (
        f"below {_share(row)}, or, of what is watched all the time, with one gap longer than "
        f"{lasting(row.take('longest_s'))}"
    )


def _cuff(row: Taken) -> str:
    return f"a gap in SpO2 up to {lasting(row.take('within_s'))} counts as watched, and is listed"


def _late(row: Taken) -> str:
    return f"may come {lasting(row.take('within_s'))} later than asked"


def _share(row: Taken) -> str:
    return f"{row.take('share'):.0%}".replace("%", " %")


def _interval(row: Taken, shelf: Shelf) -> list[str]:
    cells = [term(MODALITIES, row.take("modality")), lasting(row.take("within_s"))]
    cells.append(shelf.cited(row))
    row.done()
    return cells


def _injection(row: Taken, shelf: Shelf) -> list[str]:
    cells = [row.take("code"), lasting(row.take("after_s")), shelf.cited(row)]
    row.done()
    return cells
