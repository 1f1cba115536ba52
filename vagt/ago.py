"""When something that is said was so, as a person types it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from daemon.clock import SystemClock
from daemon.protocol.saying import OLDEST_DAYS
from vagt.main import UsageError

LISTED = "when it was so: 07:31 today, -2 for two minutes ago, or 2026-11-21T16:05"
A_MINUTE_S = 60.0


class When(NamedTuple):
    """A time of the clock goes to the daemon as it was typed, and minutes ago as seconds."""

    ago_s: float = 0.0
    at: datetime | None = None
    """With its time zone; None: so long ago."""

    @property
    def day(self) -> date:
        """Return its day by the calendar on the wall."""
        return (self.at or _now() - timedelta(seconds=self.ago_s)).date()


def when(at: str | None) -> When:
    """Return when a time of today, so many minutes ago, or a day and time is; now for none.

    Raises UsageError for what is no time, lies ahead, or is longer ago than the daemon takes.
    """
    if at is None:
        return When()
    if at.startswith("-") and at[1:].isdecimal():
        return When(float(at[1:]) * A_MINUTE_S)
    now = _now()
    then = _then(at, now)
    if then > now:
        raise UsageError(f"--at {at!r} has not come yet: write a time that has been")
    if now - then > timedelta(days=OLDEST_DAYS):
        raise UsageError(f"--at {at!r}: is too long ago: at most {OLDEST_DAYS} days")
    return When(at=then)


def today(at: str | None) -> bool:
    """Tell whether a time that is typed is of today."""
    return at is None or when(at).day == _now().date()


def _now() -> datetime:
    return datetime.fromtimestamp(SystemClock().now().wall, UTC).astimezone()


def _then(at: str, now: datetime) -> datetime:
    try:
        if "T" in at:
            return datetime.fromisoformat(at).astimezone()
        return datetime.combine(now.date(), time.fromisoformat(at)).astimezone()
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--at {at!r}: is no time: write {LISTED}") from error
