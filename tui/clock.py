"""The machine's clocks: the only file of the dashboard that reads them."""

from __future__ import annotations

import asyncio
import time

from vitals.instant import Instant


class MachineClock:
    """The clock of this computer (a `vitals.clock.Clock`)."""

    def now(self) -> Instant:
        """Return this moment on both clocks."""
        return Instant(time.monotonic(), time.time())

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` pass."""
        await asyncio.sleep(seconds)
