"""What a month of the practice is told by."""

from __future__ import annotations

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
