"""A sweeping trace: the newest sample is drawn at the head, an erase bar runs before it.

Pure: time comes in as monotonic seconds.
"""

from __future__ import annotations

from tui.player import Sample
from tui.raster import Raster
from tui.scale import Scale

DOTS_PER_S = 30.0
"""The pace of what beats."""
ERASE_DOTS = 8


class Trace:
    """One wave on a grid of cells."""

    def __init__(
        self, width: int, height: int, scale: Scale | None = None, dots_per_s: float = DOTS_PER_S
    ) -> None:
        self._dots_per_s = dots_per_s
        self.raster = Raster(width, height)
        self.scale = scale or Scale()
        self._head: int | None = None
        """Dot columns since time 0 that the erase bar has reached."""
        self._last: tuple[int, int] | None = None
        """Dot column since time 0 and row of the last sample; None where the pen is up."""

    def advance(self, now: float) -> None:
        """Move the head to `now`, erasing what lies under the bar before it."""
        target = int(now * self._dots_per_s) + ERASE_DOTS
        width = self.raster.dots_wide
        start = target - width if self._head is None else max(self._head, target - width)
        for column in range(start + 1, target + 1):
            self.raster.clear(column % width)
        self._head = max(target, self._head or target)

    def draw(self, sample: Sample) -> None:
        """Draw one sample, joined to the one before it unless either is missing."""
        if sample.value is None:
            self._last = None
            return
        column = int(sample.due * self._dots_per_s)
        row = self.scale.row(sample.value, self.raster.dots_tall)
        if self._last is None or not sample.joined or column < self._last[0]:
            self._plot(column, row, row)
        else:
            self._join(self._last, (column, row))
        self._last = (column, row)

    def _join(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Draw the straight line between two adjacent samples, without its start."""
        steps = max(1, end[0] - start[0])
        rise = (end[1] - start[1]) / steps
        before = start[1]
        for step in range(1, steps + 1):
            row = round(start[1] + rise * step)
            self._plot(start[0] + (step if end[0] > start[0] else 0), *sorted((before, row)))
            before = row

    def _plot(self, column: int, top: int, bottom: int) -> None:
        head = self._head or 0
        if head - self.raster.dots_wide < column <= head:
            self.raster.plot(column % self.raster.dots_wide, top, bottom)
