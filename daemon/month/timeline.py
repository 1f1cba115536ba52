"""Moments of many boots on one clock that never goes back: durations of one boot stay exact."""

from __future__ import annotations

from vitals.instant import Instant


class Timeline:
    """Gives each boot its place behind the one before, by the wall clock where that went on."""

    def __init__(self) -> None:
        self._offsets: dict[str, float] = {}
        self._last = 0.0

    def __call__(self, at: Instant, boot: str) -> Instant:
        """Return a moment of a boot; those of earlier boots than its first row may lie before."""
        if boot not in self._offsets:
            self._offsets[boot] = max(at.wall, self._last) - at.monotonic
        return Instant(at.monotonic + self._offsets[boot], at.wall)

    def row(self, at: Instant, boot: str) -> Instant:
        """Return the moment of a row, which comes after every row before it."""
        moment = self(at, boot)
        self._last = max(self._last, moment.monotonic)
        return moment
