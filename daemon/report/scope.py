"""What a report is of, and for whom."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Reader(StrEnum):
    """For whom a report is: each gets the rows that are its own."""

    OWNER = "owner"
    """The anaesthetist's practice: everything."""
    CLINIC = "clinic"
    """The clinic that operates there: its own rows and readiness, and nothing of a case, a waiver
    or a name of the practice."""


class Scope(Struct, frozen=True):
    """What a report is of: days, with or without a page for each case; or one case."""

    first: date | None = None
    last: date | None = None
    """With it."""
    case: str = ""
    """The number of the one case; then there are no days."""
    sheets: bool = False
    """Each case of the days has its sheet."""
    reader: Reader = Reader.OWNER
    clinic: str = ""
    """The code of the one clinic that it is of; empty: all."""
