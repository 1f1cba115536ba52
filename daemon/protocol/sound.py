"""Whether an alarm would be heard where the daemon runs."""

from __future__ import annotations

from enum import StrEnum


class SoundState(StrEnum):
    """What became of the daemon's sound device."""

    ON = "on"
    """It took what was played last."""
    OFF = "off"
    """The configuration says that nothing sounds."""
    UNUSABLE = "unusable"
    """It refuses; it is tried again."""
