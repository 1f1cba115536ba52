"""Rows of a TOML text, read strictly and one by one, so that every error is listed."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

Row = TypeVar("Row", bound=Struct)


class RowsError(Exception):
    """A rule file cannot be used; `errors` has one line each: file, row, key and what to mend."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = tuple(errors)


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a row comes from; a row without one does not load."""

    document: str
    place: str

    def __str__(self) -> str:
        return f"{self.document}, {self.place}"


class Label(Struct, frozen=True, forbid_unknown_fields=True):
    """What people read of a row; all three languages or it does not load."""

    en: str
    da: str
    nb: str


def parsed(text: str, file: str) -> dict[str, Any]:
    """Return the tables of a TOML text, or raise RowsError naming the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RowsError([f"{file}: {error}"]) from error


def converted(
    tables: dict[str, Any], file: str, name: str, kind: type[Row]
) -> tuple[list[Row], list[str]]:
    """Return the rows under `[[name]]` and one error line for each that does not fit."""
    rows: list[Row] = []
    errors: list[str] = []
    for number, table in enumerate(tables.get(name, []), 1):
        try:
            rows.append(msgspec.convert(table, kind))
        except msgspec.ValidationError as error:
            errors.append(f"{file}: [[{name}]] {number}: {error}")
    if not rows and not errors:
        errors.append(f"{file}: no [[{name}]] row: add at least one")
    return rows, errors


def repeated(ids: Sequence[str], file: str, name: str) -> list[str]:
    """Return an error line for each id that stands twice."""
    twice = sorted({row_id for row_id in ids if ids.count(row_id) > 1})
    return [f"{file}: [[{name}]] id {row_id!r} stands twice: keep one" for row_id in twice]
