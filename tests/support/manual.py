"""A clock that a test moves by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from vitals.instant import Instant

WALL = 1_763_715_600.0
"""2025-11-21 09:00 UTC."""


def at(seconds: float) -> Instant:
    """Return the moment `seconds` after the start, equal on both clocks."""
    return Instant(seconds, WALL + seconds)


class ManualClock:
    """Starts at 0; a sleep ends when the test has moved it far enough."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.sleeps: list[float] = []
        self._waiting: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> Instant:
        return at(self.seconds)

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((self.seconds + seconds, future))
        await future

    async def move(self, seconds: float) -> None:
        """Let time pass and whoever slept until then go on."""
        self.seconds += seconds
        due = [entry for entry in self._waiting if entry[0] <= self.seconds]
        self._waiting = [entry for entry in self._waiting if entry[0] > self.seconds]
        for _, future in due:
            if not future.done():
                future.set_result(None)
        await settle()


async def settle() -> None:
    """Let every task that can go on do so."""
    for _ in range(10):
        await asyncio.sleep(0)


async def until(true: Callable[[], bool], within_s: float = 5.0) -> None:
    """Wait until something is true, or fail."""
    async with asyncio.timeout(within_s):
        while not true():
            await asyncio.sleep(0.005)
