"""What a person types for an age: `4` or `4y` years, `8m` months, `20d` days; a code after it."""

from __future__ import annotations

import re
from enum import Enum

SIGNS = "0123456789dmyå "
"""What may be typed; `å` is år, and a blank stands before a code."""
LONGEST = 10
_TYPED = re.compile(r"([0-9]{1,3})([dmyå]?)")
_CODE = re.compile(r"[0-9]{4}")
_ASKED_BACK = ("0", "1")


class Unclear(Enum):
    """Why a typed age cannot be sent."""

    MONTHS = "months"
    """A bare 0 or 1 may be months as well as years."""
    MALFORMED = "malformed"


def age(typed: str) -> str | Unclear:
    """Return the age as the daemon takes it, `4y`, `8m` or `20d`, or why it is unclear."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        return Unclear.MALFORMED
    number, unit = str(int(match[1])), match[2]
    if not unit and number in _ASKED_BACK:
        return Unclear.MONTHS
    return f"{number}{'y' if unit in ('', 'å') else unit}"


def age_and_code(typed: str, usual: str) -> tuple[str | Unclear, str]:
    """Return the age, and the service code that stands after it, or else the usual one."""
    written, _, code = typed.partition(" ")
    code = code.strip() or usual
    return (age(written) if _CODE.fullmatch(code) else Unclear.MALFORMED), code
