"""Packs that are used up, as clients are told of them: a recall asks who had of a lot, and when."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Spent(Struct, frozen=True):
    """One pack of which nothing is left."""

    pack: int
    item: str
    lot: str
    expires: date
    place: str
    used: int
    """So much of it was used in all."""
    thrown: int
    """So much was thrown away."""
    used_at: str = ""
    """When of it was used last, in RFC 3339; empty: never."""
    recalled: bool = False
    missed: int = 0
    """So much was not there any more when it was counted."""
    missed_at: str = ""
    """When that was last, in RFC 3339; empty: never."""
