"""An age as it is typed: `20d`, `8m` or `4y`; nothing of it is kept but the band it falls in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import floor

DAYS_A_MONTH = 30.4375
"""Only to place an age given in days among months, or in months among years."""

_FORM = re.compile(r"([0-9]{1,9})([dmy])")
_BELOW = re.compile(r"-[0-9]+[dmy]?")
_DAYS = {"d": 1.0, "m": DAYS_A_MONTH, "y": 12 * DAYS_A_MONTH}


class AgeError(Exception):
    """An age that cannot be read; the message says how to write it."""


@dataclass(frozen=True, slots=True, order=True)
class Age:
    """A completed age; ages of different units compare by their length in days alone."""

    days: float
    text: str = field(compare=False)

    @property
    def two_years(self) -> bool:
        """Tell whether the second birthday has been."""
        return self >= _TWO_YEARS

    @property
    def years(self) -> int:
        """Return the completed years."""
        return floor(self.days / (12 * DAYS_A_MONTH))


def age(text: str) -> Age:
    """Return the age that `text` names, or raise AgeError."""
    match = _FORM.fullmatch(text.strip().lower())
    if match is None:
        wrong = "is below zero" if _BELOW.fullmatch(text.strip().lower()) else "cannot be read"
        raise AgeError(f"age {text!r} {wrong}: write 4y, 8m or 20d")
    number, unit = int(match[1]), match[2]
    if (number, unit) == (0, "y"):
        raise AgeError(f"age {text!r} may be any infant: write 8m or 20d")
    if (days := number * _DAYS[unit]) > 120 * _DAYS["y"]:
        raise AgeError(f"age {text!r} is above 120 years: write 4y, 8m or 20d")
    if (number, unit) == (_EITHER_SIDE, "d"):
        raise AgeError(f"age {text!r} may be before or after the second birthday: write 23m or 2y")
    return Age(days, f"{number}{unit}")


_TWO_YEARS = Age(2 * _DAYS["y"], "2y")
_EITHER_SIDE = floor(_TWO_YEARS.days)
"""Two years are so many days, or with a leap day one more."""
