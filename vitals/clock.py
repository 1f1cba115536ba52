"""What asynchronous code may ask of time."""

from __future__ import annotations

from typing import Protocol

from vitals.instant import Instant


class Clock(Protocol):
    """Time as a dependency, so that tests and fast simulations need not wait."""

    def now(self) -> Instant:
        """Return this moment on both clocks."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` of this clock's time pass."""
        ...
