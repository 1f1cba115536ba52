"""The figures of a report as tables of plain values, and the digest by which they are known again.

A digest is of named columns, so that a later version that has more of them can still check it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

Value = str | int | float | bool | None
"""Absent is null, never a number; days and moments are ISO 8601, names are ids."""


class Table(Struct, frozen=True):
    """Rows under names of columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def of(self, columns: Sequence[str]) -> Table:
        """Return it with these columns alone; KeyError names one that it does not have."""
        places = {name: place for place, name in enumerate(self.columns)}
        wanted = [places[name] for name in columns]
        rows = tuple(tuple(row[place] for place in wanted) for row in self.rows)
        return Table(self.name, tuple(columns), rows)

    @property
    def digest(self) -> str:
        """Return the SHA-256 over its columns and rows, as hexadecimal digits."""
        return sha256(msgspec.json.encode((self.columns, self.rows))).hexdigest()
