"""What is wrong of a saying that cannot be read, as people say it: range, unit and way on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from math import isfinite
from typing import Any, get_args

from msgspec import inspect, structs

from daemon.protocol.commands import A_WEEK_S
from daemon.protocol.saying import OLDEST_DAYS, Do, Scan, SetPin
from vitals.acts import Done

Fields = Mapping[str, inspect.Type]
_UNITS = {"bar": "bar", "kg": "kg", "l": "l", "min": "l/min", "s": "s"}
"""By what the name of a field ends with."""
_AT = re.compile(r"at `\$\.(act\.)?([a-z_]+)")
_MISSING = re.compile(r"missing required field `([a-z_]+)`(?: - at `\$\.(act))?")
_BLANK = "1 to 32 signs on one line, not blanks alone"
_DIGITS = "4 to 12 digits"
_FORMS = {
    "by": "1 to 16 letters, digits, dots or hyphens",
    "gtin": "14 digits, or nothing",
    "atc": "at most 7 capital letters and digits",
    "once": "16 hexadecimal digits, or nothing",
    "pin": _DIGITS,
    "old": _DIGITS,
    "ago_s": f"the s since then, at most {OLDEST_DAYS} days",
}
_PLAIN: Mapping[type[inspect.Type], str] = {
    inspect.DateType: "a day of the calendar, as 2027-11-30",
    inspect.DateTimeType: "a day and a time with its zone, as 2026-11-22T17:12:00+01:00",
    inspect.BoolType: "true or false",
}
_SINCE = f"the s since then, at most {A_WEEK_S // 86_400:g} days"
"""Of what happened to a patient."""
_LENGTH = re.compile(r"\{([01]),120\}")
_KINDS = {"act": Do, "scan": Scan, "set_pin": SetPin}


def plainly(line: bytes, error: str) -> str:
    """Return what is wrong of a line of the practice; of every other line the error as it is.

    No text that was typed stands in it, only a number, and of a PIN not even that.
    """
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        return error
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if kind not in _KINDS:
        return f"ago_s: cannot be: write {_SINCE}" if error.endswith("`$.ago_s`") else error
    act = raw.get("act")
    said = act if isinstance(act, dict) else {}
    if kind == "act" and said.get("do") not in _acts():
        return f"there is no such act: write one of {', '.join(_acts())}"
    inner = _acts()[said["do"]] if kind == "act" else {}
    return _told((raw, said), (_fields(_KINDS[kind]), inner), error)


def _told(raw: tuple[Mapping[str, Any], ...], fields: tuple[Fields, Fields], error: str) -> str:
    """Return what is wrong; `raw` and `fields` are those of the line, and of the act in it."""
    if (missing := _MISSING.search(error)) is not None:
        name, where = missing[1], bool(missing[2])
        return f"{name}: is missing: write {_wanted(name, fields[where][name])}"
    found = _AT.search(error)
    name, where = (found[2], bool(found[1])) if found else _boundless(raw)
    if name not in fields[where]:
        return error
    wanted = _wanted(name, fields[where][name])
    return f"{name}: {_wrong(name, raw[where].get(name), fields[where][name])}: write {wanted}"


def _wrong(name: str, value: object, info: inspect.Type) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number and _numeric(info):
        return "is no number"
    return f"{value:g} cannot be" if number and name not in ("pin", "old") else "cannot be"


def _numeric(info: inspect.Type) -> bool:
    match info:
        case inspect.Metadata(type=inner):
            return _numeric(inner)
        case inspect.UnionType(types=kinds):
            return any(_numeric(one) for one in kinds)
        case _:
            return isinstance(info, inspect.IntType | inspect.FloatType)


def _boundless(raw: tuple[Mapping[str, Any], ...]) -> tuple[str, bool]:
    """Return a field whose number is none, and whether the act has it; JSON has no word for it."""
    found = ((name, bool(where)) for where, said in enumerate(raw) for name in _infinite(said))
    return next(found, ("", False))


def _infinite(said: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name, one in said.items() if isinstance(one, float) and not isfinite(one))


@cache
def _acts() -> Mapping[str, Fields]:
    return {kind.name(): _fields(kind) for kind in get_args(Done)}


@cache
def _fields(kind: type) -> Fields:
    return {one.name: inspect.type_info(one.type) for one in structs.fields(kind)}


def _wanted(name: str, info: inspect.Type) -> str:
    """Return what a field may hold."""
    if name in _FORMS:
        return _FORMS[name]
    match info:
        case inspect.IntType() | inspect.FloatType():
            words = f"{_range(info)} {_UNITS.get(name.rpartition('_')[2], '')}".rstrip()
        case inspect.StrType():
            words = _signs(info)
        case inspect.Metadata(type=inner):
            words = _wanted(name, inner)
        case inspect.UnionType(types=kinds):
            given = [one for one in kinds if not isinstance(one, inspect.NoneType)]
            words = f"{_wanted(name, given[0])}, or nothing"
        case inspect.EnumType(cls=kind):
            words = f"one of {', '.join(one.value for one in kind)}"
        case inspect.VarTupleType(item_type=item):
            words = f"1 to {info.max_length} names, each {_wanted(name, item)}"
        case _:
            words = _PLAIN.get(type(info), _BLANK)
    return words


def _signs(info: inspect.StrType) -> str:
    """Return how long a text may be: a remark that is asked for is why something was so."""
    if info.min_length is not None:
        span = f"{info.min_length} to {info.max_length}"
        return "1 sign" if info.max_length == 1 else f"{span} signs"
    if found := _LENGTH.search(info.pattern or ""):
        return (
            "why, 1 to 120 signs on one line"
            if found[1] == "1"
            else "at most 120 signs on one line"
        )
    return _BLANK


def _range(info: inspect.IntType | inspect.FloatType) -> str:
    kind = "a whole number" if isinstance(info, inspect.IntType) else "a number"
    bounds = (("from", info.ge), ("above", info.gt), ("to", info.le), ("below", info.lt))
    return " ".join(
        [kind, *(f"{word} {bound:.12g}" for word, bound in bounds if bound is not None)]
    )
