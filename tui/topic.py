"""What a month of the practice is told by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Topic(Enum):
    """What of a month may be opened."""

    FAILED = "failed"
    REVIEW = "review"
    PASSED = "passed"
    OPEN = "open"
    """Not judged: still watched, or the rules are not at hand."""
    WAIVED = "waived"
    TREATED = "treated"
    DAYS = "days"
    OVERDUE = "overdue"
    MACHINES = "machines"
    PACKS = "packs"
    GASES = "gases"
    PAPERS = "papers"
    OUTSIDE = "outside"
    ALARMS = "alarms"
    CANCELLED = "cancelled"
    HOLES = "holes"


@dataclass(frozen=True, slots=True)
class Filing:
    """A month's reports that are being filed."""

    request: str = ""
    """By which that was asked for last; empty: not yet."""
    sent: float | None = None
    """When it was, in monotonic s."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Which month is open, and what of it."""

    back: int = 0
    """Months before this one."""
    at: int = 0
    """Which of the topics is chosen."""
    topic: Topic | None = None
    """The one that is open."""
    row: int = 0
    """Which of its rows is chosen."""
    opened: bool = False
    """That row is shown whole."""
    page: int = 0
    """Rows of it above the screen."""
    request: str = ""
    """By which the month was asked for last; empty: not yet."""
    since: float | None = None
    """When it was asked for first, in monotonic s."""
    sent: float | None = None
    """When it was asked for last, in monotonic s."""
    filing: Filing | None = None
