"""Breathing and what hangs on it: the breaths, CO2, and the fall of SpO2 without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.simulated.course import Course, Ramp
from devices.simulated.rows import PatientEvent, PatientRow

RESERVE_S = 25.0
"""How long SpO2 holds after the last breath: short, as in a child."""
FALL_PER_S = 0.55
"""How fast it falls then, in % a second."""
LOWEST = 55.0
LAG_S = 8.0
RECOVERY_S = 20.0
"""How long after the first breath it begins to rise, and how long that takes."""


class Lungs:
    """The breathing of a patient."""

    def __init__(
        self, row: PatientRow, events: Sequence[PatientEvent], period_s: float | None
    ) -> None:
        self._rate = Course(row.respiratory_rate, list(_rates(events)), period_s)
        self._etco2 = Course(row.etco2, list(_carbon(events, "etco2")), period_s)
        self._fico2 = Course(row.fico2, list(_carbon(events, "fico2")), period_s)

    def rate(self, elapsed_s: float) -> float:
        """Return breaths a minute; 0 in apnoea."""
        return self._rate.at(elapsed_s)

    def etco2(self, elapsed_s: float) -> float:
        """Return the end-tidal CO2 in kPa that the next breath shows."""
        return self._etco2.at(elapsed_s)

    def fico2(self, elapsed_s: float) -> float:
        """Return the CO2 in what is breathed in, in kPa."""
        return self._fico2.at(elapsed_s)

    def breaths(self, elapsed_s: float) -> float:
        """Return the breaths since the start: it stands still in apnoea."""
        return self._rate.area(elapsed_s) / 60


def falls(row: PatientRow, events: Sequence[PatientEvent]) -> Iterator[Ramp]:
    """Yield what apnoea does to SpO2: a fall after the reserve, a rise after the first breath."""
    stopped: float | None = None
    for event in sorted(events, key=lambda event: event.at_s):
        if event.respiratory_rate is None:
            continue
        if event.respiratory_rate == 0 and stopped is None:
            stopped = event.at_s
            fall_s = (row.spo2 - LOWEST) / FALL_PER_S
            yield Ramp(stopped + RESERVE_S, LOWEST, fall_s)
        elif event.respiratory_rate > 0 and stopped is not None:
            if event.at_s > stopped + RESERVE_S:
                yield Ramp(event.at_s + LAG_S, row.spo2, RECOVERY_S)
            else:
                yield Ramp(stopped + RESERVE_S, row.spo2, 0.0)
            stopped = None


def _rates(events: Sequence[PatientEvent]) -> Iterator[Ramp]:
    for event in events:
        if event.respiratory_rate is not None:
            yield Ramp(event.at_s, event.respiratory_rate, event.over_s)


def _carbon(events: Sequence[PatientEvent], name: str) -> Iterator[Ramp]:
    for event in events:
        value = getattr(event, name)
        if value is not None:
            yield Ramp(event.at_s, value, event.over_s)
