"""How the visual signal of an alarm flashes: a phase of the monotonic clock, never a count.

Source: IEC 60601-1-8, table 2: high 1.4 to 2.8 Hz, medium 0.4 to 0.8 Hz, each lit for 20 to 60 % of
the time; low is constant.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vitals.vocabulary import Priority

FLASH_HZ: Mapping[Priority, float] = MappingProxyType({Priority.HIGH: 2.0, Priority.MEDIUM: 0.625})
DUTY = 0.5
"""The part of each period that is lit."""


def phase(monotonic_s: float, priority: Priority) -> float | None:
    """Return where in its period a flash is, from 0 up to 1; None for what does not flash."""
    hertz = FLASH_HZ.get(priority)
    return None if hertz is None else (monotonic_s * hertz) % 1.0


def lit(monotonic_s: float, priority: Priority) -> bool:
    """Tell whether a flash is in its bright half; dropped frames neither slow nor hasten it."""
    found = phase(monotonic_s, priority)
    return found is None or found < DUTY
