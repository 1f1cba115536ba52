"""The machine's clocks; with `tui/clock.py` the only files that read them."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime
from pathlib import Path

from vitals.instant import Instant

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class SystemClock:
    """Real time; implements `vitals.clock.Clock`."""

    def now(self) -> Instant:
        """Read both clocks once."""
        return Instant(time.monotonic(), time.time())

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` pass."""
        await asyncio.sleep(seconds)


def boot() -> str:
    """Return the id of this boot: monotonic times compare only within one."""
    return BOOT_ID.read_text().strip()


def local_date(at: Instant) -> date:
    """Return the local calendar day of a moment."""
    return date(*time.localtime(at.wall)[:3])


def local_midnight(day: date) -> float:
    """Return the second since 1970 UTC at which a local calendar day begins."""
    return time.mktime(day.timetuple())


def local_time(at: Instant) -> datetime:
    """Return a moment by the calendar and the clock on the wall, with the time zone of then."""
    return datetime.fromtimestamp(at.wall, UTC).astimezone()


def local_day(at: Instant) -> str:
    """Return the local calendar day of a moment as yymmdd."""
    return time.strftime("%y%m%d", time.localtime(at.wall))
