"""Which rows of one table are missing, or changed, in another that stands in for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct, structs

Row = TypeVar("Row", bound=Struct)
FREE = frozenset({"label", "printed", "source", "approved_by", "approved_on", "confirmed_by"})
"""How a row is worded and who signed it: a clinic's own."""


def altered(name: str, theirs: Iterable[Row], ours: Iterable[Row], key: str) -> Iterator[str]:
    """Yield a line for each row of `ours` that does not stand in `theirs` as it is.

    `key` is the field by which a row of one is that of the other.
    """
    found = {getattr(row, key): row for row in theirs}
    for row in ours:
        where = f"[[{name}]] {getattr(row, key)}"
        there = found.get(getattr(row, key))
        if there is None:
            yield f"{where}: is missing, and the contract has it: put it back"
        else:
            yield from (f"{where}: {line}" for line in changed(there, row))


def unsigned(name: str, rows: Iterable[Struct], key: str) -> Iterator[str]:
    """Yield a line for each row that is called no proposal and that nobody has signed."""
    for row in rows:
        given = structs.asdict(row)
        if not given["proposal"] and not given["approved_by"]:
            where = f"[[{name}]] {given[key]}: proposal"
            yield f"{where}: is false, and nobody has signed: write true, or sign in approved_by"


def changed(theirs: Struct, ours: Struct) -> Iterator[str]:
    """Yield a line for each field of a row that does not say what it says in the contract."""
    given, wanted = structs.asdict(theirs), structs.asdict(ours)
    for name in wanted:
        if name not in FREE and _plain(given[name]) != _plain(wanted[name]):
            said, meant = _shown(given[name]), _shown(wanted[name])
            yield f"{name}: is {said}, and {meant} in the contract: write that"


def _plain(value: object) -> object:
    """Return a value in which the order of a list says nothing."""
    return frozenset(map(_plain, value)) if isinstance(value, tuple) else value


def _shown(value: object) -> str:
    """Return a value as a file has it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    if value is None:
        return "absent"
    return str(value).lower() if isinstance(value, bool) else str(value) or "empty"
