"""What clients are told of readings: every change at once, the same again at most once a second."""

from __future__ import annotations

from msgspec.structs import replace

from daemon.protocol.messages import Reading
from vitals.instant import Instant

SAME_S = 1.0
"""Some oximeters send each number a hundred times a second; ages on screens are told in seconds."""

Place = tuple[str, str, str | None]
"""A device, a measure and its site."""


class Conflation:
    """What was told last of every device's every measure."""

    def __init__(self) -> None:
        self._told: dict[Place, tuple[Reading, Instant, Instant]] = {}

    def worth(self, message: Reading, measured: Instant, now: Instant) -> bool:
        """Tell whether clients are to hear a reading, and take it as told if so.

        Anything but its time that is not as it was is a change. The same measured a second later,
        or told a second ago, is told again: a reading that clients hold is never older by more.
        """
        place = message.device, message.measure, message.site
        timeless = replace(message, at="", age_s=0.0)
        if (last := self._told.get(place)) is not None:
            told, before, heard = last
            lately = measured.seconds_since(before) < SAME_S and now.seconds_since(heard) < SAME_S
            if told == timeless and lately:
                return False
        self._told[place] = timeless, measured, now
        return True
