"""The day typed for a patient who is moved there: `3` is in three days, `24.11` that date."""

from __future__ import annotations

import re
from datetime import date, timedelta

SIGNS = "0123456789.-/"
LONGEST = 5
TOMORROW = "1"
"""What an empty answer means."""
_AHEAD = re.compile(r"[0-9]{1,2}")
_DATE = re.compile(r"([0-9]{1,2})[.\-/]([0-9]{1,2})")


def day(typed: str, today: date) -> date | None:
    """Return the day; a date that has been is that of next year. None for what is no day."""
    text = typed or TOMORROW
    if _AHEAD.fullmatch(text):
        return today + timedelta(days=int(text))
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    years = (today.year, today.year + 1)
    days = (_date(year, int(found[2]), int(found[1])) for year in years)
    return next((one for one in days if one is not None and one >= today), None)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
