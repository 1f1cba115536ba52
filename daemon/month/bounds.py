"""Days of a calendar on the wall of the clinic: from when to when they last."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from daemon.tally import Span


class Period(NamedTuple):
    """From one day to another, with both."""

    first: date
    last: date

    @classmethod
    def month(cls, written: str) -> Period:
        """Return a month that is written as `2026-11`."""
        first = date.fromisoformat(f"{written}-01")
        return cls(first, first.replace(day=monthrange(first.year, first.month)[1]))

    @property
    def days(self) -> tuple[date, ...]:
        """Return every day of it."""
        return tuple(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))

    @property
    def span(self) -> Span:
        """Return from when to when it lasts; the first moment of the day after is not of it."""
        return Span(_midnight(self.first), _midnight(self.last + timedelta(days=1)))

    @property
    def name(self) -> str:
        """Return `2026-11` of a whole month, and `2026-11-03/2026-11-09` of other days."""
        month = f"{self.first:%Y-%m}"
        return month if Period.month(month) == self else f"{self.first}/{self.last}"


def _midnight(day: date) -> float:
    return datetime.combine(day, time.min).timestamp()
