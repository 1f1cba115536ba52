"""What is measured, in which unit, to how many decimals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Form:
    """How a measure is written."""

    unit: str
    """UCUM, without annotations: `/min`, `kPa`, `Cel`; `1` is dimensionless."""
    decimals: int
    mdc: int | None
    """ISO/IEEE 11073-10101 code (partition x 65536 + term), where one was verified."""


class Measure(StrEnum):
    """A numeric that a monitor reports."""

    SPO2 = "spo2"
    PULSE_RATE = "pulse_rate"

    @property
    def form(self) -> Form:
        """Return unit, decimals and code."""
        return _FORMS[self]

    def rounded(self, value: float | None) -> float | int | None:
        """Return `value` to the measure's decimals; whole numbers as int; None stays None."""
        if value is None:
            return None
        decimals = self.form.decimals
        return round(value, decimals) if decimals else round(value)


class Channel(StrEnum):
    """A wave that a monitor sends."""

    PLETH = "pleth"


_FORMS = {
    Measure.SPO2: Form("%", 0, 150456),
    Measure.PULSE_RATE: Form("/min", 0, 149530),
}
