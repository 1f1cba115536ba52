"""Fields of a code that seem to hold the next one, because the scanner dropped what parts them.

No reader can tell it for certain: lots and serial numbers may be any letters and digits. What may
be so is typed in by hand, since a wrong lot is not found when it is recalled.
Source: GS1 General Specifications, sections 3.2 (fields) and 7.8 (separators); Commission Delegated
Regulation (EU) 2016/161, article 4 (the serial number of a medicine is hard to guess).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct

from checklists.expiry import plausible, stamped

ARTICLE, LOT, EXPIRY, SERIAL = "01", "10", "17", "21"
DATES = frozenset({"11", "12", "13", "15", "16", EXPIRY})
"""Fields of six digits YYMMDD."""
_DATED = re.compile(r"(?=(1[1-7])([0-9]{6}))")
_NATIONAL = re.compile(r"(.+)(71[0-4])([0-9]{4,})", re.ASCII)
"""A lot, and a national number of a medicine: 710 of Germany to 714 of Portugal."""
_NUMBERED = re.compile(r".+21.{3,}")
"""With one or two characters behind it, a 21 is of the lot itself: no serial number is so short."""


class Field(Struct, frozen=True):
    """One field of a code."""

    code: str
    """Its application identifier."""
    value: str
    cut: bool
    """It may be of any length, and the next one follows without a separator."""


def swallowed(fields: Sequence[Field], today: date, *, parted: bool) -> bool:
    """Tell whether a field may hold the next one; `parted` where the scanner sent a separator."""
    said = {one.code: one.value for one in fields}
    lot, serial = said.get(LOT, ""), said.get(SERIAL, "")
    return (
        any(one.cut for one in fields)
        or _dated(lot, DATES, today)
        or _dated(serial, {EXPIRY}, today)
        or (not parted and not serial and _NUMBERED.fullmatch(lot) is not None)
    )


def national(lot: str) -> tuple[str, str] | None:
    """Return a lot without the national number that may stand behind it, and that number.

    None where none may: that field, too, may be of any length, and many lots are digits alone.
    """
    found = _NATIONAL.fullmatch(lot)
    return None if found is None else (found[1], found[2] + found[3])


def _dated(value: str, codes: Collection[str], today: date) -> bool:
    """Tell whether a value holds a field with a date that a pack could bear."""
    found = ((code, stamped(digits, today)) for code, digits in _DATED.findall(value))
    return any(code in codes and day is not None and plausible(day, today) for code, day in found)
