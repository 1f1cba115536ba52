"""Codes that the service catalogue no longer has; whoever asks for one is told its name."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from vitals.rows import Label, RowsError, Source, Text, converted, parsed, repeated, single


class Withdrawn(Struct, frozen=True, forbid_unknown_fields=True):
    """A code that may not be offered; `contained_in` is the code that took it up, if any."""

    code: Text
    label: Label
    contained_in: str
    valid_from: date
    source: Source


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    withdrawn: Any = None


def withdrawn(text: str, file: str) -> dict[str, Withdrawn]:
    """Return the rows of a TOML text by code, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    rows, faults = converted(tables, file, "withdrawn", Withdrawn)
    errors += faults + repeated([row.code for row in rows], file, "withdrawn")
    if errors or head is None:
        raise RowsError(errors)
    return {row.code: row for row in rows}
