"""One moment on both clocks: the monotonic one for durations, the wall one for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment read once from both clocks."""

    monotonic: float
    """Seconds of the machine's monotonic clock: the only half that durations may use."""
    wall: float
    """Seconds since 1970-01-01 UTC: shown and recorded, never subtracted for a duration."""

    def seconds_since(self, earlier: Instant) -> float:
        """Return the duration in s from `earlier` to here; a wall-clock jump does not change it."""
        return self.monotonic - earlier.monotonic

    def rfc3339(self) -> str:
        """Return the wall half as RFC 3339 in UTC with milliseconds."""
        text = datetime.fromtimestamp(self.wall, UTC).isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z")
