"""Calendar months: what is due on the 31st is due on a shorter month's last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_YEAR = 12


def months_after(day: date, months: int) -> date:
    """Return the same day of the month so many months on, or that month's last day."""
    index = day.year * _YEAR + day.month - 1 + months
    year, month = index // _YEAR, index % _YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
