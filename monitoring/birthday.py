"""Birthdays by the calendar: never days divided by 365."""

from __future__ import annotations

from datetime import date

_FEBRUARY, _MARCH, _LEAP_DAY = 2, 3, 29


def reached(birth: date, on: date, years: int) -> bool:
    """Tell whether somebody born on `birth` has had that birthday by `on`, the day itself included.

    Who was born on 29 February has the birthday of a common year on 1 March.
    """
    return on >= birthday(birth, years)


def birthday(birth: date, years: int) -> date:
    """Return the day on which somebody is so many years old."""
    year = birth.year + years
    if (birth.month, birth.day) == (_FEBRUARY, _LEAP_DAY) and not _leap(year):
        return date(year, _MARCH, 1)
    return birth.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
