"""Every field of every command with words in it that identify a person: made from the types."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from clinics import BED
from msgspec import inspect

from daemon.protocol.commands import Incoming

CPR = "0707164001"
"""A valid date; what else a CPR number needs has not been asked for since 2007."""
NAME = "Kanariefugl"
NOTE = "Sagde Tyrolervise og gik"
CANARIES = (CPR, f"{CPR[:6]}-{CPR[6:]}", NAME, "Tyrolervise")
"""What may be in no byte that leaves."""
TYPED = (f"{CPR[:6]}-{CPR[6:]}", NAME, NOTE)
PLAUSIBLE = {
    "id": "c-1",
    "by": "AS",
    "bed": BED,
    "code": "3021",
    "age": "4y",
    "day": "today",
    "alarm": "spo2_low",
    "device": "nonin",
    "measure": "spo2",
}
Document = dict[str, Any]
Maker = Callable[[Any], list[Any]]


def typed() -> Iterator[Document]:
    """Yield each command once for each of its texts and each canary, which stands there."""
    for kind in typing.get_args(Incoming):
        info = inspect.type_info(kind)
        assert isinstance(info, inspect.StructType)
        for whole in _samples(info):
            for path in _texts(whole):
                for canary in TYPED:
                    yield _with(whole, path, canary)


def _samples(info: inspect.Type) -> list[Any]:
    """Return plausible values of a type: one of each of its alternatives."""
    made = MAKERS.get(type(info))
    return ["x"] if made is None else made(info)


def _number(info: Any) -> list[Any]:
    return [1 if info.ge is None else max(1, info.ge)]


def _each(info: Any) -> list[Any]:
    return [[found] for found in _samples(info.item_type)]


def _structs(info: Any) -> list[Document]:
    """Return a struct for the longest list of alternatives that one of its fields has."""
    fields = {field.encode_name: _field(field) for field in info.fields}
    count = max((len(found) for found in fields.values()), default=1)
    tag = {info.tag_field: info.tag} if info.tag_field else {}
    return [
        tag | {name: found[number % len(found)] for name, found in fields.items() if found}
        for number in range(count)
    ]


def _field(field: inspect.Field) -> list[Any]:
    return [PLAUSIBLE[field.name]] if field.name in PLAUSIBLE else _samples(field.type)


def _texts(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where texts stand in a document, but for what tells its kind."""
    match found:
        case dict():
            for name, inner in found.items():
                if name not in ("kind", "do"):
                    yield from _texts(inner, (*path, name))
        case list():
            for number, inner in enumerate(found):
                yield from _texts(inner, (*path, number))
        case str():
            yield path
        case _:
            pass


def _with(whole: Document, path: tuple[Any, ...], text: str) -> Document:
    """Return a copy in which a text stands at a place."""
    copy: Document = msgspec.json.decode(msgspec.json.encode(whole))
    inner: Any = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = text
    return copy


MAKERS: dict[type[inspect.Type], Maker] = {
    inspect.StructType: _structs,
    inspect.UnionType: lambda info: [found for one in info.types for found in _samples(one)],
    inspect.EnumType: lambda info: [next(iter(info.cls)).value],
    inspect.LiteralType: lambda info: [info.values[0]],
    inspect.IntType: _number,
    inspect.FloatType: _number,
    inspect.BoolType: lambda _: [True],
    inspect.ListType: _each,
    inspect.VarTupleType: _each,
    inspect.SetType: _each,
    inspect.FrozenSetType: _each,
    inspect.DictType: lambda _: [{}],
    inspect.DateType: lambda _: ["2026-11-23"],
    inspect.NoneType: lambda _: [],
}
