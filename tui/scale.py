"""A vertical scale that takes a larger wave in at once and closes in on a smaller one slowly."""

from __future__ import annotations

SETTLING_S = 12.0
"""Time constant of closing in."""
LEAST_SPAN = 0.04
"""The smallest span shown, as a share of the largest value: a flat line stays flat."""


class Scale:
    """The range of values that the height of a trace stands for."""

    def __init__(self) -> None:
        self._low: float | None = None
        self._high = 0.0

    def see(self, value: float, rate_hz: float) -> None:
        """Take one sample of a wave of `rate_hz` into account."""
        if self._low is None:
            self._low, self._high = value, value
            return
        closing = (self._high - self._low) / (SETTLING_S * rate_hz)
        self._low = min(value, self._low + closing)
        self._high = max(value, self._high - closing)

    def row(self, value: float, rows: int) -> int:
        """Return the row of `value` among `rows`, 0 at the top; never outside."""
        if self._low is None:
            return rows // 2
        least = max(1.0, LEAST_SPAN * max(abs(self._low), abs(self._high)))
        span = max(self._high - self._low, least)
        middle = (self._low + self._high) / 2
        share = (value - middle) / span + 0.5
        return min(rows - 1, max(0, round((1.0 - share) * (rows - 1))))
