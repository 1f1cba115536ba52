"""What speaks against something that was said: a line of English, and its parts for a screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self

from msgspec import Struct

from vitals.rows import Label


class Part(Struct, frozen=True, omit_defaults=True):
    """What stands in a field of the words; in Danish and Norwegian as in English, where empty."""

    en: str
    da: str = ""
    nb: str = ""


class Against(Struct, frozen=True):
    """What speaks against it: `against.<word>` are its words, with the parts in their fields."""

    word: str
    parts: Mapping[str, tuple[Part, ...]] = {}
    """Several of one field are a list, with commas between them."""


Told = str | int | float | date | Label
"""What a field may be filled with."""


class Line(str):
    """One English line for a technician; `against` is the same for everybody else."""

    __slots__ = ("against",)

    against: Against

    @classmethod
    def of(cls, english: str, word: str, **parts: Told | Iterable[Told]) -> Self:
        """Return a line with its parts."""
        line = cls(english)
        line.against = Against(word, {name: _parts(told) for name, told in parts.items()})
        return line


def _parts(told: Told | Iterable[Told]) -> tuple[Part, ...]:
    if isinstance(told, Told):
        return (_part(told),)
    return tuple(_part(one) for one in told)


def _part(told: Told) -> Part:
    match told:
        case Label():
            return Part(told.en, told.da, told.nb)
        case date():
            local = f"{told:%d.%m.%Y}"
            return Part(told.isoformat(), local, local)
        case float():
            comma = f"{told:.10g}".replace(".", ",")
            return Part(f"{told:.10g}", comma, comma)
        case _:
            return Part(f"{told}")
