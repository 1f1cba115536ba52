"""Words of the command line turned into what is said of the practice."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar, get_args

import msgspec
from msgspec.structs import FieldInfo, fields

from checklists.expiry import WRITE, written
from vagt.main import UsageError
from vagt.wanted import wanted
from vitals.acts import Act

Made = TypeVar("Made", bound=Act)
_FORMS = {
    "atc": "an ATC code as N01BB02, capital letters and digits, no blank",
    "gtin": "the 14 digits below the code",
}
"""What may stand in fields whose form is their own."""
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
"""A number as people write it, also with a decimal comma: no `nan`, no sign."""


def made(kind: type[Made], given: Mapping[str, object]) -> Made:
    """Return an act of the words that its fields are given, or raise UsageError.

    What is None is left out; every fault is told, each with what may stand there instead.
    """
    told = {name: value for name, value in given.items() if value is not None}
    read = {one.name: _read(one, told[one.name]) for one in fields(kind) if one.name in told}
    if faults := list(_faults(kind, told, read)):
        raise UsageError("; ".join(faults))
    return kind(**read)


def named(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the arguments of a deed by the fields that they fill: WHY is the act's own reason.

    `--reason` is another's: why something is said so late.
    """
    given = vars(arguments)
    return {**given, "reason": given.get("why")}


def _faults(
    kind: type[Act], told: Mapping[str, object], read: Mapping[str, object]
) -> Iterator[str]:
    for one in fields(kind):
        if one.name in told and read[one.name] is None:
            yield f"{one.name} {told[one.name]!r} cannot be: {_may_be(one)}"
        elif one.required and one.name not in told:
            yield f"{one.name} is missing: {_may_be(one)}"


def _read(field: FieldInfo, value: object) -> Any:  # noqa: ANN401 - whatever the field is typed as
    """Return a value as its field has it; None where it cannot be."""
    if isinstance(value, str) and _of(field, date):
        return written(value)
    if isinstance(value, str) and (_of(field, int) or _of(field, float)):
        value = value.replace(",", ".") if _DIGITS.fullmatch(value) else None
    try:
        return None if value is None else msgspec.convert(value, field.type, strict=False)
    except msgspec.ValidationError:
        return None


def _may_be(field: FieldInfo) -> str:
    if _of(field, date):
        return WRITE
    return _FORMS.get(field.name) or wanted(field.type)


def _of(field: FieldInfo, kind: type) -> bool:
    """Tell whether a field is of a type, whatever is said of it and with or without a None."""
    found = [field.type]
    while found:
        one = found.pop()
        if one is kind:
            return True
        found += [part for part in get_args(one) if isinstance(part, type) or get_args(part)]
    return False
