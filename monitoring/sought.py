"""How often procedures are done, and what people call them: for those who look one up by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from vitals.rows import Label, Source, Text


class Sought(Struct, frozen=True, forbid_unknown_fields=True):
    """A procedure that is done more often than others."""

    id: Text
    number: Annotated[str, Meta(pattern=r"^[0-9]{4}\Z")]
    """Of the procedure; its number for the other side goes with it."""
    rank: Annotated[int, Meta(ge=1)]
    """1 for what is done most often."""
    called: Label
    """Words that people say and the printed name does not begin with; blanks between them."""
    proposal: bool
    approved_by: str
    source: Source
    """Of how often it is done."""


def unprinted(rows: Sequence[Sought], printed: Iterable[str]) -> Iterator[str]:
    """Yield an error line for each row whose number no procedure has, or that is there twice."""
    known = frozenset(printed)
    for place, row in enumerate(rows):
        where = f"[[sought]] {row.id!r}"
        if row.number not in known:
            yield f"{where}: number: {row.number} stands in no row: remove it"
        if any(row.number == one.number or row.rank == one.rank for one in rows[:place]):
            yield f"{where}: its number or rank stands in another row too: keep one"
