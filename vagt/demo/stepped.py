"""The clock of a fast simulation: it goes from one due moment to the next, and never between."""

from __future__ import annotations

import asyncio
import heapq
from itertools import count

from vitals.instant import Instant

BEGIN = 1_795_417_200.0
"""Monday 2026-11-23 07:00 UTC: the same at every run, so that what two runs say is the same."""


class SteppedClock:
    """Stands still until it is told to step; implements `vitals.clock.Clock`.

    Sleepers wake one at a time: the earliest first, and of two that are due at one moment the one
    that lay down first.
    """

    def __init__(self) -> None:
        self._s = 0.0
        self._jumped_s = 0.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    @property
    def seconds(self) -> float:
        """Return how far it has come since it was made."""
        return self._s

    def now(self) -> Instant:
        """Return the moment at which it stands."""
        return Instant(self._s, BEGIN + self._s + self._jumped_s)

    def jump(self, seconds: float) -> None:
        """Set the wall clock, as a person or a time server does; no time passes."""
        self._jumped_s += seconds

    async def sleep(self, seconds: float) -> None:
        """Wait until it has come `seconds` farther, and at the least for one turn of the others."""
        awake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._s + max(0.0, seconds), next(self._order), awake))
        await awake

    def next_due(self) -> float | None:
        """Return when the next sleeper wakes; None when nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():  # whoever slept was cancelled
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    def wake(self) -> None:
        """Step to the next sleeper, if there is one, and wake it."""
        if (due := self.next_due()) is not None:
            self._s = due
            heapq.heappop(self._sleepers)[2].set_result(None)

    def step_to(self, seconds: float) -> None:
        """Step to a moment that is no later than the next sleeper's."""
        self._s = max(self._s, seconds)
