"""When a blood pressure by cuff is a new one: the monitor goes on sending the last.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapter on physiological
data, NIBP group: label bit 5 while measuring, bit 8 once the value is older than 60 s.
"""

from __future__ import annotations

from collections.abc import Iterator

from devices.ge_dri.basic import Pressure
from devices.ge_dri.numbers import NIBP_MEASURING, NIBP_OLD, pressures, rate
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality, Reading

MEASURES = (Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN)


class Cuff:
    """Publishes each measurement once: when its values change, or when it is young again."""

    def __init__(self) -> None:
        self._values: tuple[int, int, int] | None = None
        self._old = False

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
        self._values, self._old = values, old
        if changed:
            yield from self._measured(group, at)

    def _measured(self, group: Pressure, at: Instant) -> Iterator[Reading]:
        quality = Quality.QUESTIONABLE if self._old else Quality.VALID
        found = tuple(pressures(group, MEASURES, quality, at))
        yield from found
        worst = (
            quality
            if all(one.quality is not Quality.INVALID for one in found)
            else found[0].quality
        )
        yield rate(Measure.NIBP_PULSE_RATE, group.rate, worst, at)
