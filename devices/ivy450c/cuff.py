"""When a blood pressure by cuff is a new one: the monitor says the last again each second.

Document: as `devices.ivy450c.text`. No time stands with it, so what is there when the port is
opened may be of another patient: it is from memory until other numbers come. The very same four
stay so, however late: one damaged message may not make the old measurement a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from devices.ivy450c.text import CUFF, RATE, Line, garbled, number
from devices.ivy450c.values import ordered, value
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality, Reading

NIBP = (
    (Measure.NIBP_SYSTOLIC, CUFF),
    (Measure.NIBP_DIASTOLIC, CUFF),
    (Measure.NIBP_MEAN, CUFF),
    (Measure.NIBP_PULSE_RATE, RATE),
)
"""In the order of the values of NIBP."""


class Cuff:
    """Publishes each measurement once, and the one that was there before as remembered."""

    def __init__(self) -> None:
        self._said: list[tuple[float | None, Quality]] | None = None
        self._first: list[float | None] | None = None
        """The numbers that were there when the port was opened."""
        self.from_memory = False
        """Whether what was published last is what the monitor remembered."""

    def readings(self, line: Line, at: Instant) -> Sequence[Reading]:
        """Return the readings of a line when it is new.

        A garbled one is passed over, lest the good one that follows it seem to be new.
        """
        fields = list(zip(line.values, NIBP, strict=True))
        damaged = any(garbled(text, limits) for text, (_, limits) in fields)
        if damaged or not ordered([number(text, limits) for text, (_, limits) in fields]):
            return ()
        found = [value(measure, number(text, of), line, at) for text, (measure, of) in fields]
        first, said = self._said is None, [(one.value, one.quality) for one in found]
        if said == self._said:
            return ()
        self._said = said
        return self._judged(found, first=first)

    def _judged(self, found: list[Reading], *, first: bool) -> Sequence[Reading]:
        numbers = [one.value for one in found]
        if not any(numbers):
            self.from_memory = False
            return found
        self._first = numbers if first else self._first
        self.from_memory = numbers == self._first
        return [_remembered(one) for one in found] if self.from_memory else found


def _remembered(one: Reading) -> Reading:
    if one.value is None:
        return one
    return replace(one, quality=Quality.QUESTIONABLE, live=False)
