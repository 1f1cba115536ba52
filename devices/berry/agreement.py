"""Trust in a stream whose frames carry no check: what several frames in a row say alike."""

from __future__ import annotations

from collections.abc import Hashable

SUCCESSIVE = 3
"""Frames, so that no single damaged one is believed; at 100 a second it costs 30 ms."""


class Agreement:
    """Counts, for each thing that frames tell, how many in a row have told the same."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[Hashable, int]] = {}

    def tell(self, name: str, value: Hashable) -> bool:
        """Take what a frame says of `name`; return whether enough frames in a row say it."""
        before, count = self._told.get(name, (value, 0))
        count = count + 1 if before == value else 1
        self._told[name] = (value, count)
        return count >= SUCCESSIVE

    def restart(self) -> None:
        """Forget everything: bytes were lost, so that the next frame follows none."""
        self._told.clear()
