"""Stretches of time between two moments: cut, joined, and what is left of one after others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from vitals.instant import Instant


class Stretch(Struct, frozen=True):
    """From one moment to a later one."""

    begin: Instant
    end: Instant

    @property
    def seconds(self) -> float:
        """Return how long it is, in s; never less than nothing."""
        return max(0.0, self.end.seconds_since(self.begin))

    def holds(self, at: Instant) -> bool:
        """Tell whether a moment lies in it; both ends do."""
        return self.begin.monotonic <= at.monotonic <= self.end.monotonic

    def within(self, other: Stretch) -> Stretch | None:
        """Return what both have in common; None where they only touch, or do not even that."""
        begin, end = latest(self.begin, other.begin), earliest(self.end, other.end)
        return Stretch(begin, end) if begin.monotonic < end.monotonic else None


def earliest(*moments: Instant) -> Instant:
    """Return the first of some moments."""
    return min(moments, key=lambda at: at.monotonic)


def latest(*moments: Instant) -> Instant:
    """Return the last of some moments."""
    return max(moments, key=lambda at: at.monotonic)


def later(at: Instant, seconds: float) -> Instant:
    """Return the moment so many seconds after another; earlier where they are negative."""
    return Instant(at.monotonic + seconds, at.wall + seconds)


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return the same time in as few stretches as it can be said in, in order."""
    found: list[Stretch] = []
    for one in sorted(stretches, key=lambda each: each.begin.monotonic):
        if found and one.begin.monotonic <= found[-1].end.monotonic:
            found[-1] = Stretch(found[-1].begin, latest(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def common(some: Iterable[Stretch], others: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return what lies in one of both, joined."""
    found = (one.within(other) for one in some for other in others)
    return joined(each for each in found if each is not None)


def without(some: Iterable[Stretch], others: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return what is left of some stretches once others are taken away."""
    gone = joined(others)
    return tuple(piece for one in joined(some) for piece in _left(one, gone))


def total_s(stretches: Iterable[Stretch]) -> float:
    """Return how long some stretches are together, in s; what lies in two counts once."""
    return sum(one.seconds for one in joined(stretches))


def longest_s(stretches: Iterable[Stretch]) -> float:
    """Return the longest of some stretches, in s, once they are joined."""
    return max((one.seconds for one in joined(stretches)), default=0.0)


def _left(one: Stretch, gone: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield what is left of a stretch between others that are in order."""
    begin = one.begin
    for other in gone:
        taken = other.within(one)
        if taken is None:
            continue
        if begin.monotonic < taken.begin.monotonic:
            yield Stretch(begin, taken.begin)
        begin = taken.end
    if begin.monotonic < one.end.monotonic:
        yield Stretch(begin, one.end)
