"""Kinds of devices by any of their names: one kind, whatever language it was typed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from vitals.rows import Label, Text

Known = Annotated[str, Meta(pattern="^[a-z_]{1,32}$")]


class Kind(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of device that has a word in each language."""

    id: Known
    label: Label
    aliases: tuple[Text, ...] = ()
    """What else it may be called, in small letters."""

    def names(self) -> set[str]:
        """Return all that it is called, in small letters."""
        words = (self.id, self.label.en, self.label.da, self.label.nb, *self.aliases)
        return {word.casefold() for word in words}


def kind_of(kinds: Sequence[Kind], typed: str) -> Kind | None:
    """Return the kind that a word means, in small or large letters; None: none that is known."""
    name = typed.strip().casefold()
    return next((one for one in kinds if name in one.names()), None)


def clashes(kinds: Sequence[Kind], file: str) -> Iterator[str]:
    """Yield an error line for each word that means two kinds."""
    taken: dict[str, str] = {}
    for one in kinds:
        for name in sorted(one.names()):
            other = taken.setdefault(name, one.id)
            if other != one.id:
                yield f"{file}: [[kind]] {one.id!r}: {name!r} is {other!r} already: remove it"
