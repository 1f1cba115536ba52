"""Where a specialty's table says something else than the one that it stands in for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import structs

from monitoring.procedures import Airway, Procedure, Procedures
from monitoring.unaltered import altered, changed

_Read = TypeVar("_Read", Airway, Procedure)


def departures(theirs: Procedures, ours: Procedures) -> Iterator[str]:
    """Yield a line for each thing printed in `ours` that `theirs` leaves out or says otherwise.

    `in_airway` is a reading of the print: it may be otherwise where a doctor has confirmed it.
    """
    rows = [_as_read(row, theirs.rows, "row") for row in ours.rows]
    yield from altered("procedure", theirs.rows, rows, "row")
    airways = [_as_read(row, theirs.airways.values(), "site") for row in ours.airways.values()]
    yield from altered("airway", theirs.airways.values(), airways, "site")
    yield from (f"[hold]: {line}" for line in changed(theirs.hold, ours.hold))
    yield from (f"[unsaid]: {line}" for line in changed(theirs.unsaid, ours.unsaid))
    yield from _other_side(theirs, ours)
    yield from _intruders(theirs, ours)


def _as_read(row: _Read, theirs: Iterable[_Read], key: str) -> _Read:
    """Return a row with `in_airway` as a doctor has confirmed it."""
    for one in theirs:
        if getattr(one, key) == getattr(row, key) and one.confirmed_by:
            return structs.replace(row, in_airway=one.in_airway)
    return row


def _other_side(theirs: Procedures, ours: Procedures) -> Iterator[str]:
    """Yield each printed number whose other side is another."""
    for number in sorted(ours.printed):
        wanted, given = (table.contralateral.get(number) for table in (ours, theirs))
        if given != wanted:
            mend = "take it out" if wanted is None else f'write "{wanted}"'
            yield f"[contralateral]: {number}: is {given or 'missing'}: {mend}, as the contract"


def _intruders(theirs: Procedures, ours: Procedures) -> Iterator[str]:
    """Yield each further row that would answer for numbers which the contract answers for."""
    printed = {row.row for row in ours.rows}
    for codes, rows in theirs.sets.items():
        for row in rows:
            if row.row not in printed and codes in ours.sets:
                numbers, named = " ".join(sorted(codes)), ours.sets[codes][0].row
                where = f"[[procedure]] {row.row}: required"
                yield f"{where}: {numbers} are those of row {named} of the contract: take them out"
