"""A scanner types faster than anybody: what comes in its midst is text, and starts nothing."""

from __future__ import annotations

APART_S = 0.03
"""Keys that come sooner than this behind one another were typed by a machine."""
FEWEST = 4
"""So many of them before it make a sign a part of what a machine types."""


class Burst:
    """Follows how fast keys come; times in monotonic s."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._before = 0

    def key(self, at: float) -> bool:
        """Take a key, and tell whether it stands in the midst of what a machine types."""
        self._before = self._before + 1 if at - self._last < APART_S else 0
        self._last = at
        return self._before >= FEWEST
