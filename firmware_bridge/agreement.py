"""Trust in a stream whose frames carry no check: what several frames in a row say alike."""

from __future__ import annotations

from collections.abc import Hashable

SUCCESSIVE = 3
"""Frames, so that no single damaged one is believed; at 60 to 128 a second it costs 16 to 33 ms."""


class Agreement:
    """Counts, for each thing that frames tell, how many in a row have told the same."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[Hashable, int]] = {}
        self._discarded = 0

    def follow(self, discarded_bytes: int) -> None:
        """Take the decoder's count before each frame: where it rose, this frame follows none."""
        if discarded_bytes != self._discarded:
            self._discarded = discarded_bytes
            self._told.clear()

    def tell(self, name: str, value: Hashable) -> bool:
        """Take what a frame says of `name`; return whether enough frames in a row say it."""
        before, count = self._told.get(name, (value, 0))
        count = count + 1 if before == value else 1
        self._told[name] = (value, count)
        return count >= SUCCESSIVE
