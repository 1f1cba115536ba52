"""Medicines by their ATC code, what the report prints of them, and codes mistyped for others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from vitals.rows import Label, RowsError, Source, Text, converted, parsed, repeated, single

_FORM = r"[A-Z][0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?"
Code = Annotated[
    str,
    Meta(pattern=rf"\A{_FORM}\Z", description="an ATC code as N01BB02, or its beginning as N01BB"),
]
_DIGITS = {"O": "0", "I": "1", "L": "1"}
_LETTERS = {"0": "O", "1": "I"}
_PLACES = (_LETTERS, _DIGITS, _DIGITS, _LETTERS, _LETTERS, _DIGITS, _DIGITS)
"""What is often mistyped at each of the seven places, and what it stands for there."""


class Fault(StrEnum):
    """What is wrong of a printed code."""

    LETTER = "letter"
    CODE = "code"
    """It is another medicine's."""
    NAME = "name"
    """The name is another's, or misspelt."""
    MISSING = "missing"


class Substance(Struct, frozen=True, forbid_unknown_fields=True):
    """What a code stands for; of a whole group where it is a beginning."""

    code: Code
    label: Label
    ask: str = ""
    """What the code is easily taken for; empty: nothing."""


class Printed(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the list of what may be requisitioned."""

    text: Text
    code: str
    """As printed; empty where none is."""
    meant: Annotated[tuple[Code, ...], Meta(min_length=1)]
    source: Source
    fault: Fault | None = None
    """None: right as printed."""
    why: str = ""


class Codes(Struct, frozen=True):
    """Every row of atc.toml."""

    valid_from: date
    source: Source
    """Of the codes."""
    substances: tuple[Substance, ...]
    printed: tuple[Printed, ...]

    def known(self, code: str) -> bool:
        """Tell whether the table has a code, letter by letter."""
        return self.substance(code) is not None

    def substance(self, code: str) -> Substance | None:
        """Return what a code stands for; None where the table does not have it."""
        return next((one for one in self.substances if one.code == code), None)

    def suspect(self, code: str) -> str | None:
        """Return a line on a code that is not in the table or easily taken for another."""
        if (found := self.substance(code)) is not None:
            return f"{code} {found.ask}" if found.ask else None
        meant = self.meant(code)
        if not meant:
            return f"{code}: is not in the table: leave it out, or add its row to atc.toml"
        return f"{code}: {_mistaken(code, meant)}: {meant} was meant"

    def meant(self, code: str) -> str:
        """Return the code of the table that one with a letter for a digit means; empty: none."""
        meant = _mended(code)
        return meant if self.known(meant) else ""

    def requisitioned(self, code: str) -> bool:
        """Tell whether the report lists a code, or a group that it belongs to."""
        return any(code.startswith(one) for row in self.printed for one in row.meant)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    source: Source
    substance: Any = None
    printed: Any = None


def atc_codes(text: str, file: str) -> Codes:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    substances, faults = converted(tables, file, "substance", Substance)
    printed, more = converted(tables, file, "printed", Printed)
    errors += faults + more
    errors += repeated([one.code for one in substances], file, "substance")
    errors += [] if faults else _unmeant(printed, {one.code for one in substances}, file)
    if errors or head is None:
        raise RowsError(errors)
    return Codes(head.valid_from, head.source, tuple(substances), tuple(printed))


def _unmeant(rows: Sequence[Printed], known: set[str], file: str) -> Iterator[str]:
    """Yield an error line for each printed line that is unexplained or means an unknown code."""
    for row in rows:
        where = f"{file}: [[printed]] {row.text!r}"
        for code in row.meant:
            if code not in known:
                yield f"{where}: {code} has no [[substance]]: add it"
        if row.fault is None and row.meant != (row.code,):
            yield f"{where}: {row.code!r} is not what is meant: write a fault"
        if (row.fault is None) is not (row.why == ""):
            yield f"{where}: a fault and its why go together: write both or none"


def _mended(code: str) -> str:
    """Return a code with letters where letters stand and digits where digits do."""
    return "".join(
        place.get(one, one) for one, place in zip(code.strip().upper(), _PLACES, strict=False)
    )


def _mistaken(code: str, meant: str) -> str:
    """Return what was typed wrong first."""
    for typed, right in zip(code.strip(), meant, strict=False):
        if typed.upper() != right:
            return f"{'digit' if re.match('[0-9]', typed) else 'letter'} {typed.upper()}"
    return "small letters or blanks"
