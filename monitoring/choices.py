"""What may stand at a place of a row where only some words may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, inspect

_STEP = re.compile(r"\[|[^.\[\]]+(?=[.\[]|$)")
"""A key, or the bracket of a place in a list."""


def choices(kind: type[Struct], path: str) -> tuple[str, ...]:
    """Return the words that may stand at a path, such as `when.airway[0]`; empty: any, or none."""
    found = list(_plain(inspect.type_info(kind)))
    for step in _STEP.findall(path):
        found = [inner for one in found for outer in _within(one, step) for inner in _plain(outer)]
    return tuple(word for one in found for word in _words(one))


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
