"""Moments to places across a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

WIDTH, LEFT, RIGHT = 720.0, 112.0, 20.0
"""Of a picture, of the names at its left, of its right margin."""
_STEPS_S = (60, 300, 600, 1800, 3600, 7200, 14400, 86400)
_LINES = 10
"""No more lines of time than so."""


class Scale:
    """From the first moment of a picture to its last."""

    def __init__(self, moments: Iterable[str]) -> None:
        seconds = [_seconds(one) for one in moments]
        self.begin = min(seconds)
        self.end = max(*seconds, self.begin + 60.0)

    def __call__(self, at: str) -> float:
        """Return where a moment lies; what is before or after it lies at its edge."""
        return self._place(_seconds(at))

    @property
    def right(self) -> float:
        """Return where its last moment lies."""
        return self._place(self.end)

    def lines(self) -> Iterator[tuple[float, str]]:
        """Yield where whole minutes or hours lie, with their time on the wall."""
        lasts = self.end - self.begin
        step = next((one for one in _STEPS_S if lasts / one <= _LINES), _STEPS_S[-1])
        at = self.begin - self.begin % step + step
        while at < self.end:
            yield self._place(at), f"{datetime.fromtimestamp(at).astimezone():%H:%M}"
            at += step

    def _place(self, at: float) -> float:
        share = (at - self.begin) / (self.end - self.begin)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, max(0.0, share)), 1)


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
