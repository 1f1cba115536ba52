"""Blood pressure: what it is at any moment, and what the cuff last found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devices.simulated.course import Course, Ramp, Steps
from devices.simulated.rows import PatientEvent, PatientRow, Wrap

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
        self._wrap = Steps(Wrap.ON, [(e.at_s, e.cuff) for e in events if e.cuff], period_s)
        self._every_s = row.nibp_every_s

    def at(self, elapsed_s: float) -> Pressures:
        """Return the pressure that is there, measured or not."""
        return Pressures(self._systolic.at(elapsed_s), self._diastolic.at(elapsed_s))

    def finished(self, elapsed_s: float) -> tuple[int, float] | None:
        """Return number and time of the last finished measurement; None before the first."""
        number = int((elapsed_s - FIRST_S - INFLATED_S) // self._every_s) + 1
        while number >= 1 and not self._on(number):
            number -= 1
        return (number, self._begun_s(number) + INFLATED_S) if number >= 1 else None

    def inflating(self, elapsed_s: float) -> bool:
        """Tell whether the cuff is measuring."""
        number = int((elapsed_s - FIRST_S) // self._every_s) + 1
        lasts = number >= 1 and elapsed_s - self._begun_s(number) < INFLATED_S
        return lasts and self._on(number)

    def _begun_s(self, number: int) -> float:
        return FIRST_S + (number - 1) * self._every_s

    def _on(self, number: int) -> bool:
        """Tell whether there was a patient in the cuff as a measurement was due to begin."""
        return self._wrap.at(self._begun_s(number)) is Wrap.ON


def _ramps(events: Sequence[PatientEvent], name: str) -> Iterator[Ramp]:
    for event in events:
        value = getattr(event, name)
        if value is not None:
            yield Ramp(event.at_s, value, event.over_s)
