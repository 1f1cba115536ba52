"""Time between two moments, in s since 1970: what is common, what is left, how long it is."""

from __future__ import annotations

from collections.abc import Iterable

Stretch = tuple[float, float]
A_LITTLE_S = 1e-5
"""Moments are kept to the microsecond."""


def joined(some: Iterable[Stretch]) -> list[Stretch]:
    """Return the same time in as few stretches as can be."""
    found: list[Stretch] = []
    for begin, end in sorted(some):
        if found and begin <= found[-1][1] + A_LITTLE_S:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def common(some: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    """Return what lies in both."""
    rest = list(others)
    pairs = [(max(a, c), min(b, d)) for a, b in some for c, d in rest]
    return joined((begin, end) for begin, end in pairs if end - begin > A_LITTLE_S)


def without(some: Iterable[Stretch], gone: Iterable[Stretch]) -> list[Stretch]:
    """Return what is left of some once others are taken away."""
    left = joined(some)
    for begin, end in joined(gone):
        cut = [((a, min(b, begin)), (max(a, end), b)) for a, b in left]
        left = [one for pair in cut for one in pair if one[1] - one[0] > A_LITTLE_S]
    return left


def seconds(some: Iterable[Stretch]) -> float:
    """Return how long they are together; what lies in two counts once."""
    return sum(end - begin for begin, end in joined(some))


def longest(some: Iterable[Stretch]) -> float:
    """Return how long the longest is, once they are joined."""
    return max((end - begin for begin, end in joined(some)), default=0.0)
