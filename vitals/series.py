"""What a doctor says of a series of treatments.

Services 2620, 2622, 2626, 2635 and 2637: Modernisering af anæstesiologisk speciallægepraksis (FAPS,
RLTN), chapter 8.
"""

from __future__ import annotations

from enum import StrEnum


class Choice(StrEnum):
    """Which series a treatment belongs to."""

    UNSAID = "unsaid"
    SAME = "same"
    NEW = "new"


class History(StrEnum):
    """What is known of treatments given elsewhere."""

    UNKNOWN = "unknown"
    DENIED = "denied"
    """By the patient."""
    KNOWN = "known"
