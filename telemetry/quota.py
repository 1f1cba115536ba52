"""Which rows go when the outbox is full: what is owed to nobody first, and always the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a row is; each kind is numbered from its oldest."""

    POINT = "point"
    WAVE = "wave"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows of one kind: `first` to `last`, those beyond `owed_after` owed."""

    kind: Kind
    first: int
    last: int
    owed_after: int
    """The last row that nobody is owed; `last` when none is."""
    oldest: int
    """When the first of them was, in milliseconds since 1970."""

    @property
    def free(self) -> int:
        """Return how many rows are owed to nobody."""
        return max(0, min(self.owed_after, self.last) - self.first + 1)

    @property
    def owed(self) -> int:
        """Return how many rows are owed."""
        return max(0, self.last - max(self.owed_after, self.first - 1))


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows to delete: of one kind, up to and with a number."""

    kind: Kind
    up_to: int
    lost: int
    """How many of them were owed."""


def cut(holdings: Sequence[Holding], chunk: int) -> Cut | None:
    """Return the next rows to go, at most `chunk` of them; None when there are none at all."""
    free = [one for one in holdings if one.free]
    if free:
        one = min(free, key=lambda one: one.oldest)
        return Cut(one.kind, one.first + min(chunk, one.free) - 1, 0)
    owed = [one for one in holdings if one.owed]
    if not owed:
        return None
    one = min(owed, key=lambda one: one.oldest)
    count = min(chunk, one.owed)
    return Cut(one.kind, one.first + count - 1, count)
