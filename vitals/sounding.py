"""What sounds at a bed, and how far a call has gone: words that both ends of the socket speak."""

from __future__ import annotations

from enum import StrEnum


class SoundProfile(StrEnum):
    """Which alarms of a bed sound; what is shown is the same in all of them."""

    THEATRE = "theatre"
    """The monitors' own alarms sound beside it."""
    RECOVERY = "recovery"
    FULL = "full"


class CallStep(StrEnum):
    """Who has been reached for by a call that nobody has answered."""

    ANAESTHETIST = "anaesthetist"
    EVERYWHERE = "everywhere"
    """Every terminal of the site."""
    PHONE = "phone"
    """And the number to ring is shown."""
