"""Rows of a TOML text, read strictly and one by one, so that every error is listed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from vitals.unfit import Hook, unfit

Row = TypeVar("Row", bound=Struct)
_DATE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
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


class Grounds(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a row rests on."""

    source: Source
    proposal: bool = False
    """True: the document does not say it so; it is the product's reading."""
    approved_by: str = ""

    @property
    def approved(self) -> bool:
        """Tell whether it stands in the document or a named person approved the reading."""
        return not self.proposal or bool(self.approved_by)


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


def single(
    table: object, where: str, kind: type[Row], hook: Hook = None
) -> tuple[Row | None, list[str]]:
    """Return one table as a row, or None and an error line for each key that does not fit.

    `hook` makes values of types that msgspec leaves to others, as its `dec_hook`.
    """
    if faults := list(unfit(table, kind, hook)):
        return None, [f"{where}: {fault}" for fault in faults]
    return msgspec.convert(table, kind, dec_hook=hook), []


def whole(text: str, file: str, kind: type[Row]) -> Row:
    """Return a TOML text that has each of its tables once, or raise RowsError with every fault."""
    found, errors = single(parsed(text, file), file, kind)
    if errors or found is None:
        raise RowsError(errors)
    return found


def repeated(ids: Sequence[str], file: str, name: str) -> list[str]:
    """Return an error line for each id that stands twice."""
    twice = sorted({row_id for row_id in ids if ids.count(row_id) > 1})
    return [f"{file}: [[{name}]] {row_id!r} stands twice: keep one" for row_id in twice]


def _unparsed(text: str, file: str, error: str) -> str:
    """Return what is no TOML, with its line; tomllib says it last, or that it is the last one."""
    what, _, place = error.rstrip(")").partition(" (at ")
    if place == "end of document":
        lines = text.removesuffix("\n").split("\n")  # as tomllib counts: no other end of a line
        place = f"line {len(lines)}, the last one"
    if (day := _impossible(text, place)) is not None:
        return f"{file}: {place}: {day} does not exist: write a date that does"
    return f"{file}: {place}: is no TOML ({what}): mend the line"


def _impossible(text: str, place: str) -> str | None:
    """Return what looks like a date in the line of a place and is none."""
    number = re.match(r"line ([0-9]+)", place)
    line = "" if number is None else text.split("\n")[int(number[1]) - 1]
    return next((day for day in _DATE.findall(line) if not _exists(day)), None)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
