"""Tables of a configuration turned into rows one by one, so that every fault is listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from vitals.rows import single

Table = TypeVar("Table", bound=Struct)


class Tables:
    """The tables of one file; what does not fit of them is added to `errors`."""

    def __init__(self, tables: dict[str, Any], file: str, errors: list[str]) -> None:
        self._tables = tables
        self._file = file
        self._errors = errors

    def table(self, name: str, kind: type[Table]) -> Table | None:
        """Return the one table of a name; None, and its faults, when it does not fit."""
        return self._fitted(self._tables.get(name, {}), kind, f"[{name}]")

    def has(self, name: str) -> bool:
        """Tell whether anything is written under a name."""
        return name in self._tables

    def rows(self, name: str, kind: type[Table]) -> dict[int, Table]:
        """Return every row of a name that fits, by its number from 1."""
        if not isinstance(self._tables.get(name, []), list):
            self._errors.append(f"{self._file}: write [[{name}]] with two brackets")
        found = {
            number: self._fitted(table, kind, f"[[{name}]] {number}")
            for number, table in enumerate(self.written(name), 1)
        }
        return {number: row for number, row in found.items() if row is not None}

    def written(self, name: str) -> list[object]:
        """Return the rows of a name as they are written, whether or not they fit."""
        rows = self._tables.get(name, [])
        return rows if isinstance(rows, list) else []

    def texts(self, name: str, key: str) -> dict[int, str]:
        """Return what stands under a key in the rows of a name, where it is a text, by number."""
        found = enumerate(self.written(name), 1)
        said = {number: row.get(key) for number, row in found if isinstance(row, dict)}
        return {number: text for number, text in said.items() if isinstance(text, str)}

    def _fitted(self, table: object, kind: type[Table], where: str) -> Table | None:
        row, faults = single(table, f"{self._file}: {where}", kind, _path)
        self._errors += faults
        return row


def twice(said: Iterable[str], what: str) -> Iterator[str]:
    """Yield a line for each text that stands twice where each is to stand once."""
    names = list(said)
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{what} {name!r} stands twice: keep one"


def _path(kind: type, value: object) -> object:
    """Turn a text into a Path, which msgspec leaves to us."""
    if kind is Path and isinstance(value, str) and "\0" not in value and Path(value).name:
        return Path(value)
    raise ValueError("is no path: write it in quotes")
