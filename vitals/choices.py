"""What may stand at a place of a row where only some words may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, inspect

_STEP = re.compile(r"\[|[^.\[\]]+(?=[.\[]|$)")
"""A key, or the bracket of a place in a list."""


def choices(kind: type[Struct], path: str) -> tuple[str, ...]:
    """Return the words that may stand at a path, such as `when.airway[0]`; empty: any, or none."""
    found = [inner for one in _at(kind, path) for inner in _plain(one)]
    return tuple(word for one in found for word in _words(one))


def described(kind: type[Struct], path: str) -> str:
    """Return how a text at a path is described where its pattern is; empty: nowhere."""
    said = [
        one.extra_json_schema or {} for one in _at(kind, path) if isinstance(one, inspect.Metadata)
    ]
    return next((str(one["description"]) for one in said if "description" in one), "")


def _at(kind: type[Struct], path: str) -> list[inspect.Type]:
    """Return the types that may stand at a path."""
    found: list[inspect.Type] = [inspect.type_info(kind)]
    for step in _STEP.findall(path):
        plain = [inner for one in found for inner in _plain(one)]
        found = [inner for one in plain for inner in _within(one, step)]
    return found


def _plain(kind: inspect.Type) -> Iterator[inspect.Type]:
    """Yield the types of a union, and what others are without their bounds."""
    if isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _plain(one)
    else:
        yield _plain_one(kind)


def _plain_one(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _within(kind: inspect.Type, step: str) -> Iterator[inspect.Type]:
    if isinstance(kind, inspect.StructType):
        yield from (field.type for field in kind.fields if field.encode_name == step)
    elif isinstance(kind, (inspect.VarTupleType, inspect.ListType)) and step == "[":
        yield kind.item_type


def _words(kind: inspect.Type) -> Iterator[str]:
    if isinstance(kind, inspect.EnumType):
        yield from (str(member.value) for member in kind.cls)
    elif isinstance(kind, inspect.LiteralType):
        yield from map(str, kind.values)
