"""From when to when a month lasts, by the calendar on the wall of the clinic."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from daemon.tally import Span


def days(month: str) -> tuple[date, ...]:
    """Return every day of a month that is written as `2026-11`."""
    first = date.fromisoformat(f"{month}-01")
    return tuple(first + timedelta(n) for n in range(monthrange(first.year, first.month)[1]))


def bounds(month: str) -> Span:
    """Return from when to when it lasts; the first moment of the next month is not of it."""
    own = days(month)
    return Span(_midnight(own[0]), _midnight(own[-1] + timedelta(days=1)))


def _midnight(day: date) -> float:
    return datetime.combine(day, time.min).timestamp()
