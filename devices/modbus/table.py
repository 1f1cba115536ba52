"""A TOML table as keys and values: every fault in it at once, and what is sound despite them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from inspect import isclass
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct


class Fault(NamedTuple):
    """What is wrong with one key; "" where it is the table itself."""

    key: str
    text: str
    """The key, with what it lies in, and what is wrong."""


def sound(table: dict[str, Any], kind: type, found: list[Fault]) -> dict[str, Any]:
    """Return the keys of `table` that can be had as those of `kind`, without what has a fault."""
    broken = {fault.key for fault in found}
    return {key: value for key, value in table.items() if key in _hints(kind) and key not in broken}


def faults(table: object, kind: type) -> list[Fault]:
    """Return every fault of a table that should be one of `kind`, a Struct or a dataclass."""
    return [
        Fault(path.partition(".")[0].partition("[")[0], text) for path, text in _in(table, kind, "")
    ]


def _in(table: object, kind: type, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(table, dict):
        yield from _plain(table, kind, path)
        return
    hints, within = _hints(kind), f"{path}: " if path else ""
    for key in (key for key in table if key not in hints):
        yield _below(path, key), f"{within}Object contains unknown field `{key}`"
    for key in (key for key in _required(kind) if key not in table):
        yield _below(path, key), f"{within}Object missing required field `{key}`"
    for key, value in table.items():
        if key in hints:
            yield from _of(value, hints[key], _below(path, key))


def _of(value: object, hint: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield the faults of one value, of each table in it by itself."""
    kind = next((part for part in get_args(hint) if _tabular(part)), None)
    if kind is None:
        yield from _plain(value, hint, path)
    elif isinstance(value, list) and get_origin(hint) is tuple:
        for place, one in enumerate(value):
            yield from _in(one, kind, f"{path}[{place}]")
    elif isinstance(value, dict):
        yield from _in(value, kind, path)
    else:
        yield from _plain(value, hint, path)


def _plain(value: object, hint: object, path: str) -> Iterator[tuple[str, str]]:
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        what, _, deeper = str(error).partition(" - at `$")
        where = path + deeper.rstrip("`")
        yield path, f"{where}: {what}" if where else what


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _tabular(part: object) -> bool:
    return isclass(part) and (issubclass(part, Struct) or is_dataclass(part))


def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _required(kind: type) -> list[str]:
    info = msgspec.inspect.type_info(kind)
    fields = info.fields if isinstance(info, _TABLES) else ()
    return [field.name for field in fields if field.required]


_TABLES = (msgspec.inspect.StructType, msgspec.inspect.DataclassType)
