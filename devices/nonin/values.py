"""What a number of any format is worth."""

from __future__ import annotations

from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality, Reading

FULL_SATURATION = 100
SLOWEST = 18
FASTEST = 321
"""/min; the outermost that are trusted, as formats without a check could say any."""


def saturation(code: int | None) -> int | None:
    """Return the saturation in %; None for the missing code 127 and whatever is none."""
    return code if code is not None and 0 < code <= FULL_SATURATION else None


def pulse_rate(code: int | None) -> int | None:
    """Return the rate in /min; None for the missing code 511 and what no device measures."""
    return code if code is not None and SLOWEST <= code <= FASTEST else None


def reading(
    measure: Measure, value: int | None, at: Instant, *, fault: bool, doubtful: bool
) -> Reading:
    """Return the reading: a fault wins over a missing code, a missing code over a warning."""
    if fault:
        return Reading(measure, None, Quality.INVALID, at)
    if value is None:
        return Reading(measure, None, Quality.UNAVAILABLE, at)
    return Reading(measure, value, Quality.QUESTIONABLE if doubtful else Quality.VALID, at)
