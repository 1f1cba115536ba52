"""Numbers whose unit is not on the wire, in the one that the clinic says the monitor shows.

Document: as `devices.ivy450c.text`, where both may have decimals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from devices.ivy450c.text import Line
from devices.ivy450c.values import value
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Reading

_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
_KPA_PER_MMHG = 1 / 7.50062


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number in it can say, both ends included, and how it becomes the measure's own.

    No document gives the ranges of the monitor: they are our assumptions, wider than any patient.
    They are narrow enough that a temperature in the other unit is none.
    """

    low: float
    high: float
    converted: Callable[[float], float]


CO2: Mapping[str, Unit] = MappingProxyType(
    {
        "mmhg": Unit(1, 150, lambda number: number * _KPA_PER_MMHG),
        "kpa": Unit(0.1, 20, float),
    }
)
TEMPERATURE: Mapping[str, Unit] = MappingProxyType(
    {
        "celsius": Unit(15, 45, float),
        "fahrenheit": Unit(59, 113, lambda number: (number - 32) / 1.8),
    }
)


def reading(measure: Measure, line: Line, unit: Unit, at: Instant) -> Reading:
    """Return the reading of a line with one value in `unit`."""
    text = line.values[0]
    number = float(text) if _NUMBER.fullmatch(text) else None
    if number is None or not unit.low <= number <= unit.high:
        return value(measure, None, line, at)
    return value(measure, unit.converted(number), line, at)
