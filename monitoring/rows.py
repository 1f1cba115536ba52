"""Rows of a TOML text, read strictly and one by one, so that every error is listed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, structs

from monitoring.choices import choices

Row = TypeVar("Row", bound=Struct)
Text = Annotated[str, Meta(min_length=1)]
Seconds = Annotated[float, Meta(ge=0, le=3600)]
"""A delay. Bounded, because a delay of `inf` or `nan` is an alarm that never comes."""


class RowsError(Exception):
    """A rule file cannot be used; `errors` has one line each: file, row, key and what to mend."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = tuple(errors)


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a row comes from; a row without one does not load."""

    document: Text
    place: Text

    def __str__(self) -> str:
        return f"{self.document}, {self.place}"


class Label(Struct, frozen=True, forbid_unknown_fields=True):
    """What people read of a row; all three languages or it does not load."""

    en: Text
    da: Text
    nb: Text


def parsed(text: str, file: str) -> dict[str, Any]:
    """Return the tables of a TOML text, or raise RowsError naming the line."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise RowsError([f"{file}: is nested too deeply: write tables as shown"]) from error
    except tomllib.TOMLDecodeError as error:
        raise RowsError([_unparsed(text, file, str(error))]) from error
    except ValueError as error:  # Python's own, of more digits than it takes for a number
        raise RowsError([f"{file}: a number in it is too long: write a shorter one"]) from error


def converted(
    tables: dict[str, Any], file: str, name: str, kind: type[Row]
) -> tuple[list[Row], list[str]]:
    """Return the rows under `[[name]]` and an error line for each key that does not fit."""
    given = tables.get(name, [])
    if not isinstance(given, list):
        return [], [f"{file}: {name}: write [[{name}]] with two brackets"]
    if not given:
        return [], [f"{file}: no [[{name}]] row: add at least one"]
    found = [single(row, f"{file}: [[{name}]] {n}", kind) for n, row in enumerate(given, 1)]
    rows = [row for row, _ in found if row is not None]
    return rows, [error for _, errors in found for error in errors]


def single(table: object, where: str, kind: type[Row]) -> tuple[Row | None, list[str]]:
    """Return one table as a row, or None and an error line for each key that does not fit."""
    try:
        return msgspec.convert(table, kind), []
    except msgspec.ValidationError as error:
        faults = list(_faults(table, kind)) or [_fault("", error, kind)]
        return None, [f"{where}: {fault}" for fault in faults]


def repeated(ids: Sequence[str], file: str, name: str) -> list[str]:
    """Return an error line for each id that stands twice."""
    twice = sorted({row_id for row_id in ids if ids.count(row_id) > 1})
    return [f"{file}: [[{name}]] {row_id!r} stands twice: keep one" for row_id in twice]


def _unparsed(text: str, file: str, error: str) -> str:
    """Return what is no TOML, with its line; tomllib says it last, or that it is the last one."""
    what, _, place = error.rstrip(")").partition(" (at ")
    if place == "end of document":
        place = f"line {len(text.splitlines()) or 1}, the last one"
    return f"{file}: {place}: is no TOML ({what}): mend the line"


def _faults(table: object, kind: type[Struct]) -> Iterator[str]:
    """Yield what is wrong key by key; nothing where only the keys together do not fit."""
    if not isinstance(table, dict):
        return
    fields = {field.encode_name: field for field in structs.fields(kind)}
    yield from (f"{key}: is unknown: remove it" for key in table if key not in fields)
    for key, field in fields.items():
        if key in table:
            try:
                msgspec.convert(table[key], field.type)
            except msgspec.ValidationError as error:
                yield _fault(key, error, kind)
        elif field.required:
            yield f"{key}: is missing: add it"


def _fault(key: str, error: msgspec.ValidationError, kind: type[Struct]) -> str:
    """Turn msgspec's words into the key, what does not fit, and which words would."""
    what, _, path = str(error).partition(" - at `$")
    place = key + path.rstrip("`")
    if what.startswith("Invalid enum value") and (words := choices(kind, place)):
        what += f": write {', '.join(words[:-1])}{' or ' if words[1:] else ''}{words[-1]}"
    return f"{place}: {what}" if place else what
