"""Whether the wall clock has jumped, by how far it has moved against the monotonic one."""

from __future__ import annotations

from monitoring.allowances import ClockRow
from vitals.instant import Instant


class WallClock:
    """Looked at now and then; one that is set little by little does not jump."""

    def __init__(self, row: ClockRow) -> None:
        self._row = row
        self._ahead_s: float | None = None
        self._jumped: Instant | None = None

    def look(self, now: Instant) -> None:
        """Hold the wall clock to the monotonic one."""
        ahead_s = now.wall - now.monotonic
        if self._ahead_s is not None and abs(ahead_s - self._ahead_s) > self._row.jump_s:
            self._jumped = now
        self._ahead_s = ahead_s

    def jumped(self, now: Instant) -> bool:
        """Tell whether it jumped a moment ago."""
        return self._jumped is not None and now.seconds_since(self._jumped) < self._row.shown_s
