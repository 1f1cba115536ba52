"""What a dashboard may show: the bed, all beds, or a page that lies over the waves of a bed."""

from __future__ import annotations

from enum import StrEnum


class View(StrEnum):
    """One of the things to look at."""

    BEDSIDE = "bedside"
    RECOVERY = "recovery"
    """Every bed as a card; the chosen one is the bed that keys speak of."""
    MORNING = "morning"
    """Lists, stock and gases: a page."""
    OWNER = "owner"
    """The month: a page."""
    TREND = "trend"
    """What was measured, over time: a page."""
