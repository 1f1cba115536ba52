"""The parts of one pack that have clocks of their own: what is opened, or out of the refrigerator.

Together they are always what is left of the pack. The first is what stands as the pack came; the
clock of another part never runs for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from msgspec import Struct, structs

_NEVER = datetime.max.replace(tzinfo=UTC)


class Portion(Struct, frozen=True, kw_only=True):
    """So much of a pack that is alike."""

    quantity: int
    opened_at: datetime | None = None
    warm_since: datetime | None = None


Portions = tuple[Portion, ...]
"""One at least; of every one but the first something is left."""


def opened(portions: Portions, quantity: int | None, at: datetime) -> Portions:
    """Return a pack of which so much was opened, None: the whole; what was opened stays as it was.

    What is warm already is opened before what is cold.
    """
    return _begun(
        portions,
        quantity,
        lambda one: one.opened_at is None,
        lambda one: structs.replace(one, opened_at=at),
    )


def warmed(portions: Portions, quantity: int | None, at: datetime) -> Portions:
    """Return a pack of which so much was taken out of the refrigerator, None: the whole."""
    return _begun(
        portions,
        quantity,
        lambda one: one.warm_since is None,
        lambda one: structs.replace(one, warm_since=at),
    )


def lessened(portions: Portions, quantity: int) -> Portions:
    """Return a pack with so much less, the opened first; what is not there is not taken."""
    return _parted(portions, quantity, lambda _: True)[0]


def counted(portions: Portions, quantity: int) -> Portions:
    """Return a pack of which so much is there; what is less is missing of the closed first.

    Nobody says which are gone: as few as may be so are taken to be closed.
    """
    less = total(portions) - quantity
    first = portions[0]
    gone = min(max(less, 0), first.quantity)
    rest = (structs.replace(first, quantity=first.quantity - min(less, gone)), *portions[1:])
    return lessened(rest, max(less, 0) - gone)


def total(portions: Sequence[Portion]) -> int:
    """Return how much there is of a pack."""
    return sum(one.quantity for one in portions)


def _begun(
    portions: Portions,
    quantity: int | None,
    free: Callable[[Portion], bool],
    begin: Callable[[Portion], Portion],
) -> Portions:
    """Return portions with a clock that begins for so much of what has none yet."""
    if quantity is None:
        return tuple(begin(one) if free(one) else one for one in portions)
    rest, parted = _parted(portions, quantity, free)
    return (*rest, *(begin(one) for one in parted))


def _parted(
    portions: Portions, quantity: int, free: Callable[[Portion], bool]
) -> tuple[Portions, Portions]:
    """Return what stays, and so much that goes of what is free: what runs for longest first."""
    left, rest, parted = quantity, list(portions), []
    for at in sorted(range(len(rest)), key=lambda number: _turn(rest[number])):
        one = rest[at]
        some = min(left, one.quantity) if free(one) else 0
        left -= some
        rest[at] = structs.replace(one, quantity=one.quantity - some)
        if some:
            parted.append(structs.replace(one, quantity=some))
    return (rest[0], *(one for one in rest[1:] if one.quantity)), tuple(parted)


def _turn(one: Portion) -> tuple[object, ...]:
    opened_at, warm_since = one.opened_at or _NEVER, one.warm_since or _NEVER
    return (opened_at, warm_since)
