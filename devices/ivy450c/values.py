"""What the values of a line are worth, and of which quality what is missing is.

Document: as `devices.ivy450c.text`.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.ivy450c.text import Limits, Line, number
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality, Reading


def reading(measure: Measure, line: Line, limits: Limits, at: Instant) -> Reading:
    """Return the reading of a line with one value."""
    return value(measure, number(line.values[0], limits), line, at)


def value(measure: Measure, found: float | None, line: Line, at: Instant) -> Reading:
    """Return the reading of a value; where there is none, the line says whether it is a fault."""
    if found is not None:
        return Reading(measure, found, Quality.VALID, at)
    quality = Quality.INVALID if technical(line) else Quality.UNAVAILABLE
    return Reading(measure, None, quality, at)


def technical(line: Line) -> bool:
    """Tell whether the monitor has no value and writes something in its place."""
    return line.empty and bool(line.label or line.alarm)


def ordered(values: Sequence[int | None]) -> bool:
    """Tell whether diastolic <= mean <= systolic, as far as each is there."""
    systolic, diastolic, mean, *_ = values
    rising = [value for value in (diastolic, mean, systolic) if value is not None]
    return rising == sorted(rising)
