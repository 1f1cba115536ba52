"""When a blood pressure by cuff is a new one: the monitor goes on sending the last.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapter on physiological
data, NIBP group: label bit 5 while measuring, bit 8 once the value is older than 60 s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from devices.ge_dri.basic import Pressure
from devices.ge_dri.numbers import NIBP_MEASURING, NIBP_OLD, pressures, rate
from devices.ge_dri.wire import number
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality, Reading

MEASURES = (Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN)


class Cuff:
    """Publishes each measurement once: when its values change, or when it is young again.

    What is there when the port is opened may be up to 60 s old, or older, and of another patient.
    """

    def __init__(self) -> None:
        self._values: tuple[int, int, int] | None = None
        self._old = False
        self.from_memory = False
        """What was published last was there when the port was opened, or is older than 60 s."""

    def readings(self, group: Pressure, at: Instant) -> Iterator[Reading]:
        """Yield the measurement of a group if it is a new one.

        Whether a group stays active between measurements is not known; that it exists is enough.
        """
        if not group.exists or group.label >> NIBP_MEASURING & 1:
            return
        values, old = (
            (group.systolic, group.diastolic, group.mean),
            bool(group.label >> NIBP_OLD & 1),
        )
        changed = values != self._values or (self._old and not old)
        first = self._values is None
        self._values, self._old = values, old
        if changed:
            self.from_memory = (first or old) and any(number(value) for value in values)
            yield from (self._judged(one) for one in _measured(group, at))

    def _judged(self, one: Reading) -> Reading:
        """Return a reading as it is, or doubted where nobody knows whose it is and from when."""
        if one.value is None or not self.from_memory:
            return one
        return replace(one, quality=Quality.QUESTIONABLE, live=False)


def _measured(group: Pressure, at: Instant) -> Iterator[Reading]:
    found = tuple(pressures(group, MEASURES, Quality.VALID, at))
    yield from found
    refused = any(one.quality is Quality.INVALID for one in found)
    worst = found[0].quality if refused else Quality.VALID
    yield rate(Measure.NIBP_PULSE_RATE, group.rate, worst, at)
