"""What stands on a label, as it is typed: the last day of use and numbers; pure."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

NUMBER = r"[0-9]{1,4}(?:[.,][0-9]{1,2})?"
COUNT = "[0-9]{1,5}"
DAY = r"[0-9./-]{6,10}"
MOST = 10_000
"""Of anything that is counted."""
_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?"),
    re.compile(r"(?:(?P<day>[0-9]{1,2})[-/.])?(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})"),
)


def last_day(typed: str) -> date | None:
    """Return the last day of use of `2027-11-30`, `30.11.2027`, `11/2027`; None for no day.

    A month alone, or day 00, is its last day (GS1 General Specifications, section 3.4.7).
    """
    found = next((one for form in _FORMS if (one := form.fullmatch(typed.strip()))), None)
    if found is None:
        return None
    year, month = int(found["year"]), int(found["month"])
    try:
        return date(year, month, int(found["day"] or 0) or monthrange(year, month)[1])
    except ValueError:  # calendar.IllegalMonthError is one too
        return None


def dated(typed: str) -> bool:
    """Tell whether what is typed is a day."""
    return last_day(typed) is not None


def number(typed: str) -> float:
    """Return a number, its decimals behind a comma or a point."""
    return float(typed.replace(",", "."))


def some(typed: str) -> bool:
    """Tell whether it is at least one, and no more than there can be."""
    return 1 <= int(typed) <= MOST


def count(typed: str) -> bool:
    """Tell whether it is no more than there can be."""
    return int(typed) <= MOST
