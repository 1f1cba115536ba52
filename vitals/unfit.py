"""What does not fit of a table: key by key, each with what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

import msgspec
from msgspec import Struct, structs

from vitals.choices import choices, described

Hook = Callable[[type, Any], Any] | None
"""What makes a value of a type that msgspec leaves to others."""

PLAIN = {
    re.compile(r"Expected `array` of length >= 1"): "is empty: add at least one",
    re.compile(r"Expected `str` of length >= 1"): "is empty: write a text",
    re.compile(r"Invalid RFC3339 encoded date"): "is no date: write one as 2026-01-31 is written",
}
"""What msgspec says, and the same in plain words."""
_CHOICE, _PATTERN = "Invalid enum value", "Expected `str` matching regex"


def unfit(table: object, kind: type[Struct], hook: Hook) -> Iterator[str]:
    """Yield a line for each key that does not fit, and for keys that do not fit together."""
    try:
        msgspec.convert(table, kind, dec_hook=hook)
    except msgspec.ValidationError as error:
        found = list(_Unfit(kind, hook).keys(table, kind, ""))
        yield from found or [_Unfit(kind, hook).fault("", error)]


class _Unfit:
    """Goes through a table and the tables within it; `root` is what words are looked up in."""

    def __init__(self, root: type[Struct], hook: Hook) -> None:
        self._root = root
        self._hook = hook

    def keys(self, table: object, kind: type[Struct], at: str) -> Iterator[str]:
        """Yield what is wrong key by key; nothing where only the keys together do not fit."""
        if not isinstance(table, dict):
            return
        fields = {field.encode_name: field for field in structs.fields(kind)}
        yield from (f"{at}{key}: is unknown: remove it" for key in table if key not in fields)
        for key, field in fields.items():
            if key in table:
                yield from self._value(table[key], field.type, f"{at}{key}")
            elif field.required:
                yield f"{at}{key}: is missing: add it"

    def _value(self, value: object, kind: Any, place: str) -> Iterator[str]:  # noqa: ANN401 - a type
        try:
            msgspec.convert(value, kind, dec_hook=self._hook)
        except msgspec.ValidationError as error:
            within = [
                fault for inner in _structs(kind) for fault in self._inner(value, inner, place)
            ]
            yield from within or [self.fault(place, error)]

    def _inner(self, value: object, kind: type[Struct], place: str) -> Iterator[str]:
        """Yield what is wrong within a table, or within each table of a list."""
        if isinstance(value, list):
            for number, one in enumerate(value):
                yield from self.keys(one, kind, f"{place}[{number}].")
        else:
            yield from self.keys(value, kind, f"{place}.")

    def fault(self, key: str, error: msgspec.ValidationError) -> str:
        """Turn msgspec's words into the key, what does not fit, and what would."""
        what, _, path = str(error).partition(" - at `$")
        place = key + path.rstrip("`")
        said = self._plain(what, place)
        return f"{place.removeprefix('.')}: {said}" if place else said

    def _plain(self, what: str, place: str) -> str:
        for pattern, plain in PLAIN.items():
            if pattern.fullmatch(what):
                return plain
        if what.startswith(_CHOICE) and (words := choices(self._root, place)):
            return f"{what}: write {', '.join(words[:-1])}{' or ' if words[1:] else ''}{words[-1]}"
        if what.startswith(_PATTERN) and (form := described(self._root, place)):
            return f"cannot be used: write {form}"
        return what


def _structs(kind: Any) -> Iterator[type[Struct]]:  # noqa: ANN401 - whatever a field is typed as
    """Yield the structs that a field may hold, alone or in a list."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield kind
    for part in get_args(kind):
        yield from _structs(part)
