"""The vertical scale of a trace: one that follows its wave, and one with steps from 0 up."""

from __future__ import annotations

SETTLING_S = 12.0
"""Time constant of closing in."""
STANDING_S = 30.0
"""Time constant of forgetting a high wave: longer than some breaths."""
LEAST_SPAN = 0.04
"""The smallest span shown, as a share of the largest value: a flat line stays flat."""


class Scale:
    """The range of values that the height of a trace stands for.

    A larger wave is taken in at once, and a smaller one closed in on slowly.
    """

    marks: tuple[float, float] | None = None
    """The values of the lowest and the highest row, where they are to be read; None elsewhere."""

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


class Stepped(Scale):
    """A scale from 0 to one of several steps, so that heights can be compared and read."""

    def __init__(self, steps: tuple[float, ...]) -> None:
        super().__init__()
        self._steps = steps
        self._peak = 0.0
        self.marks = (0.0, steps[0])

    def see(self, value: float, rate_hz: float) -> None:
        """Take one sample into account; the step falls only when the wave has long been lower."""
        fading = self._peak / (STANDING_S * rate_hz)
        self._peak = max(value, self._peak - fading)
        step = next((step for step in self._steps if self._peak <= step), self._steps[-1])
        self.marks = (0.0, step)

    def row(self, value: float, rows: int) -> int:
        """Return the row of `value` among `rows`, 0 at the top; never outside."""
        top = self.marks[1] if self.marks else self._steps[0]
        return min(rows - 1, max(0, round((1.0 - value / top) * (rows - 1))))
