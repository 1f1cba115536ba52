"""Which limits a measure has, and what of a case they are for: the words of both ends."""

from __future__ import annotations

from enum import StrEnum


class Bound(StrEnum):
    """One limit of a measure: value < `lo` and value > `hi` alarm, the outer ones are inclusive."""

    LO = "lo"
    HI = "hi"
    EXT_LO = "ext_lo"
    """Of SpO2 the desaturation limit."""
    EXT_HI = "ext_hi"


class Profile(StrEnum):
    """What of a case a limit is for."""

    ANAESTHESIA = "anaesthesia"
    """While the patient breathes, and all of a block."""
    CONTROLLED = "controlled"
    """The few that are others while somebody else breathes for the patient."""
    RECOVERY = "recovery"
