"""Blood pressure: what it is at any moment, and what the cuff last found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devices.simulated.course import Course, Ramp
from devices.simulated.rows import PatientEvent, PatientRow

FIRST_S = 10.0
"""When the cuff begins its first measurement."""
INFLATED_S = 25.0
"""How long one measurement takes."""


@dataclass(frozen=True, slots=True)
class Pressures:
    """Blood pressure in mmHg."""

    systolic: float
    diastolic: float

    @property
    def mean(self) -> float:
        """Return the mean by the one-third rule."""
        return self.diastolic + (self.systolic - self.diastolic) / 3


@dataclass(frozen=True, slots=True)
class Cuff:
    """A measurement that the cuff has finished."""

    number: int
    """1 for the first; a new number is a new measurement."""
    at_s: float
    pressures: Pressures
    pulse_rate: float


class Vessels:
    """The blood pressure of a patient."""

    def __init__(
        self, row: PatientRow, events: Sequence[PatientEvent], period_s: float | None
    ) -> None:
        self._systolic = Course(row.systolic, list(_ramps(events, "systolic")), period_s)
        self._diastolic = Course(row.diastolic, list(_ramps(events, "diastolic")), period_s)
        self._every_s = row.nibp_every_s

    def at(self, elapsed_s: float) -> Pressures:
        """Return the pressure that is there, measured or not."""
        return Pressures(self._systolic.at(elapsed_s), self._diastolic.at(elapsed_s))

    def finished(self, elapsed_s: float) -> tuple[int, float] | None:
        """Return number and time of the last finished measurement; None before the first."""
        number = int((elapsed_s - FIRST_S - INFLATED_S) // self._every_s) + 1
        if number < 1:
            return None
        return number, FIRST_S + INFLATED_S + (number - 1) * self._every_s

    def inflating(self, elapsed_s: float) -> bool:
        """Tell whether the cuff is measuring."""
        since_s = elapsed_s - FIRST_S
        return since_s >= 0 and since_s % self._every_s < INFLATED_S


def _ramps(events: Sequence[PatientEvent], name: str) -> Iterator[Ramp]:
    for event in events:
        value = getattr(event, name)
        if value is not None:
            yield Ramp(event.at_s, value, event.over_s)
