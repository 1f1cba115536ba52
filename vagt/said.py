"""Words of the command line turned into what is said of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import msgspec
from msgspec.structs import FieldInfo, fields

from vagt.bounds import bounds, measured
from vagt.main import UsageError
from vagt.recovering import recovered
from vagt.wanted import wanted
from vitals.deed import Deed
from vitals.deeds import Conclude, Recover, Said
from vitals.vocabulary import Word

DEEDS: dict[str, type[Deed]] = {one.name(): one for one in get_args(Said)}
ANSWERS = {"yes": "true", "no": "false"}
LISTED = f"one of {', '.join(DEEDS)}, and what belongs to it: airway lma; pair 98 120 70"
OPERATION = "ent:"
"""What the number of an operation begins with; it is one of `procedures` wherever it stands."""
ORDERS = {"procedure": ("code", "reason", "site")}
"""The order of words without a name, where it is not that of the fields."""
_COMMA = re.compile(r"([0-9]+),([0-9]+)")
"""A decimal comma, as Danish and Norwegian have it."""


def deed(words: Sequence[str]) -> Said:
    """Return the deed of `airway lma` or `airway airway=lma`, or raise UsageError.

    Words without a name fill the fields in their order; the last takes what is left, if it is many.
    Many stand apart, or with commas between them. Operations are told by their name space: with
    them the code is what they map to, unless it is said.
    """
    name, *rest = words
    kind = DEEDS.get(name)
    if kind is None:
        raise UsageError(f"nothing is called {name!r}: say one of {', '.join(DEEDS)}")
    given, left = _given(kind, recovered(rest) if kind is Recover else rest)
    if left:
        raise UsageError(f"{name}: {' '.join(left)!r} is too much: it has {_told(kind)}")
    given = _pointed(kind, given)
    if faults := list(_faults(kind, given)):
        raise UsageError(f"{name}: {'; '.join(faults)}")
    try:
        return msgspec.convert({"do": name, **given}, Said, strict=False)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        raise UsageError(f"{name}: {error}: it has {_told(kind)}") from error


def _given(kind: type[Deed], words: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what words fill the fields with, and the words that fill none."""
    many = {one.encode_name for one in fields(kind) if _many(one)}
    given: dict[str, Any] = {}
    bare: list[str] = []
    for word in words:
        key, equals, value = word.partition("=")
        if equals and key in kind.__struct_fields__:
            given[key] = _split([value]) if key in many else ANSWERS.get(value, value)
        elif word.startswith(OPERATION) and "procedures" in many:
            given.setdefault("procedures", []).extend(_split([word]))
        else:
            bare.append(word)
    for name in _free(kind, given):
        if not bare:
            break
        if name in many:
            given[name], bare = _split(bare), []
        else:
            given[name] = ANSWERS.get(bare[0], bare[0])
            bare = bare[1:]
    return given, bare


def _pointed(kind: type[Deed], given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, with a point in every number that has a decimal comma."""
    kinds = {one.encode_name: one.type for one in fields(kind) if not _many(one)}
    pointed = {
        name: _COMMA.sub(r"\1.\2", value)
        for name, value in given.items()
        if name in kinds and _COMMA.fullmatch(str(value)) and not _fits(value, kinds[name])
    }
    return given | {name: value for name, value in pointed.items() if _fits(value, kinds[name])}


def _free(kind: type[Deed], given: dict[str, Any]) -> list[str]:
    """Return the fields that words without a name fill, in their order."""
    names = ORDERS.get(kind.name(), kind.__struct_fields__)
    mapped = "procedures" in given
    return [name for name in names if name not in given and not (mapped and name == "code")]


def _split(words: Sequence[str]) -> list[str]:
    parts = (part.strip() for word in words for part in word.split(","))
    return [part.removeprefix(OPERATION) for part in parts if part]


def _faults(kind: type[Deed], given: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong field by field, each with what may stand there."""
    if kind is Conclude:
        yield from _unworded(given.get("words", []))
        return
    for field in fields(kind):
        name = field.encode_name
        if name in given:
            yield from _unfit(field, given[name], _may_be(kind, field, given))
        elif field.required:
            yield f"{name} is missing: {_may_be(kind, field, given)}"


def _may_be(kind: type[Deed], field: FieldInfo, given: dict[str, Any]) -> str:
    """Return what may stand in a field; of a number that is measured, the range of its measure."""
    measure = measured(kind, field.encode_name, given)
    return wanted(field.type) if measure is None else bounds(measure)


def _unfit(field: FieldInfo, value: Any, may_be: str) -> Iterator[str]:  # noqa: ANN401 - a word, or several
    if _many(field):
        item = get_args(field.type)[0]
        wrong = [one for one in value if not _fits(one, item)]
        what = ", ".join(map(repr, wrong)) if wrong else ""
    else:
        what = "" if _fits(value, field.type) else repr(value)
    if what:
        yield f"{field.encode_name} {what} cannot be: {may_be}"


def _unworded(words: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the five words; whether all are said the daemon asks."""
    unknown = [word for word in words if word not in tuple(Word)]
    if unknown or not words:
        missing = ", ".join(word for word in Word if word not in words)
        what = f"unknown: {', '.join(unknown)}; " if unknown else ""
        yield f"{what}missing: {missing or 'none'}; the five are {', '.join(Word)}"


def _many(field: FieldInfo) -> bool:
    return str(field.type).startswith("tuple")


def _fits(value: str, kind: Any) -> bool:  # noqa: ANN401 - whatever a field is typed as
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _told(kind: type[Deed]) -> str:
    return ", ".join(kind.__struct_fields__) or "nothing more"
