"""A date of birth that is typed in the place of an age: turned into one at once, and forgotten."""

from __future__ import annotations

import re
from datetime import date, timedelta

_FORM = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_CENTURY = 100
_INFANT = 24
"""Below so many months they are counted."""
_SLIP = timedelta(days=366)
"""Who will be a hundred within a year has an age that is typed as `99y`."""
SIGNS = 6


def completed(typed: str, today: date) -> str | None:
    """Return the age of who was born on `ddmmyy`, as `4y`, `8m` or `20d`; None for no such day.

    It is the last such day that has been; one that comes within a year is a slip, and nobody's.
    """
    match = _FORM.fullmatch(typed)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    born = _last(day, month, year, today)
    return None if born is None else _age(born, today)


def _last(day: int, month: int, year: int, today: date) -> date | None:
    century = today.year - today.year % _CENTURY
    for first in (century, century - _CENTURY):
        try:
            born = date(first + year, month, day)
        except ValueError:
            continue
        if born <= today:
            return born
        if born - today <= _SLIP:
            return None
    return None


def _age(born: date, today: date) -> str:
    """Return completed years from the second birthday on, before that months, or days."""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months >= _INFANT:
        return f"{months // 12}y"
    return f"{months}m" if months else f"{(today - born).days}d"
