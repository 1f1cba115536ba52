"""Which rule rows the daemon runs with, as it tells it."""

from __future__ import annotations

from enum import StrEnum

RULES_DIGITS = 12
"""So much of the hash over the rule rows is told."""


class RulesState(StrEnum):
    """Which set of rule rows is in force, from the daemon's start to its stop."""

    IN_ORDER = "in_order"
    """The one that is wanted: what ships, with the clinic's own files in the place of theirs."""
    KEPT = "kept"
    """The last good one, because the one that is wanted has errors."""
    SHIPPED = "shipped"
    """Only what ships: the one that is wanted has errors, and no good one was kept."""
