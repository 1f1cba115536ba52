"""What one entry was said in spite of, as the journal knows it beside the entry itself."""

from __future__ import annotations

from msgspec import Struct


class Overridden(Struct, frozen=True):
    """The rules that held an entry which was made anyway."""

    entry: int
    holds: tuple[str, ...]
    """By name; never empty."""


def holding(overridden: tuple[Overridden, ...], entry: int) -> tuple[str, ...]:
    """Return in spite of what an entry was made; nothing where nothing held it."""
    return next((one.holds for one in overridden if one.entry == entry), ())


def with_holds(
    overridden: tuple[Overridden, ...], entry: int, holds: tuple[str, ...]
) -> tuple[Overridden, ...]:
    """Return the same with what held one more entry; what was kept of that one gives way."""
    others = (one for one in overridden if one.entry != entry)
    return (*others, Overridden(entry, holds))
