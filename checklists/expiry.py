"""Expiry as labels print it: the last day of use, inclusive; a month alone is its last day.

Source: GS1 General Specifications, sections 3.4.7 (day 00) and 7.12 (the century of two digits).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

WRITE = "write it as 2027-11-30, or as 2027-11 for the end of that month"
"""How to go on with a text that is no date."""
REACH_YEARS = 10
"""How far from today a label may lie; beyond it a digit was misread."""
_BEHIND = 49
"""How many years back two digits may reach; the other fifty lie ahead."""
_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?"),
    re.compile(r"(?:(?P<day>[0-9]{2})[-/.])?(?P<month>[0-9]{2})[-/.](?P<year>[0-9]{4})"),
)


def stamped(digits: str, today: date) -> date | None:
    """Return the day of six digits YYMMDD, in the nearest century; None if there is none."""
    if not re.fullmatch("[0-9]{6}", digits):
        return None
    year = today.year + (int(digits[:2]) - today.year + _BEHIND) % 100 - _BEHIND
    return _day(year, int(digits[2:4]), int(digits[4:]))


def written(text: str) -> date | None:
    """Return the day of `2027-11-30`, `30.11.2027`, `2027-11` or `11/2027`; None for none."""
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            return _day(int(found["year"]), int(found["month"]), int(found["day"] or 0))
    return None


def plausible(day: date, today: date) -> bool:
    """Tell whether a day is at most ten years away from today, either way."""
    place = (day.month, day.day)
    first, last = today.year - REACH_YEARS, today.year + REACH_YEARS
    return (first, today.month, today.day) <= (day.year, *place) <= (last, today.month, today.day)


def _day(year: int, month: int, day: int) -> date | None:
    """Return a day; 0 is the last one of the month; None for one that the calendar lacks."""
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:  # calendar.IllegalMonthError is one too
        return None
