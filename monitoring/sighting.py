"""What a detector yields, and what several of them do alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from monitoring.conditions import Presence
from monitoring.limits import Range
from monitoring.view import BedView, DeviceView
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import Modality, Priority

PROVES = {
    Modality.PULSE_OXIMETRY: Measure.SPO2,
    Modality.CAPNOGRAPHY: Measure.ETCO2,
    Modality.ECG: Measure.HEART_RATE,
    Modality.NIBP: Measure.NIBP_SYSTOLIC,
    Modality.NEUROMUSCULAR: Measure.TOF_RATIO,
}
"""The measure whose current number shows that a modality is at work."""


UNLIMITED = Range()
"""Of a measure that no row limits."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is seen of one condition."""

    device: str | None
    presence: Presence
    measure: Measure | None = None
    value: float | None = None
    limit: float | None = None
    priority: Priority | None = None
    """Instead of the row's."""
    extreme: bool = False
    """At or beyond the outer limit: high once that has lasted as long as the row says."""
    steady: bool = False
    """Time alone makes it no more urgent."""
    wait_s: float = 0.0
    """Onset filter that the device asks for, where it is longer than the row's."""


Detector = Callable[[BedView], Iterable[Finding]]


def presence(seen: bool) -> Presence:  # noqa: FBT001 - one value in, its name out
    """Return what is known either way."""
    return Presence.PRESENT if seen else Presence.ABSENT


def quality(device: DeviceView, measure: Measure) -> Quality | None:
    """Return what a device says of a measure just now; None where it says nothing."""
    sample = device.current(measure)
    return None if sample is None else sample.quality


def worst(bed: BedView, measure: Measure, *, sign: int) -> float | None:
    """Return the lowest (-1) or highest (1) current number: no device may hide another."""
    numbers = (value for _, value in bed.numbers(measure))
    return max(numbers, key=lambda number: sign * number, default=None)


def held(limits: Range, measure: Measure, value: float | None, *, sign: int) -> Finding:
    """Hold a number to its lower (-1) or upper (1) limits; without limits there is nothing."""
    limit, outer = (limits.lo, limits.ext_lo) if sign < 0 else (limits.hi, limits.ext_hi)
    if limit is None:
        return Finding(None, Presence.ABSENT, measure)
    if value is None:
        return Finding(None, Presence.UNKNOWN, measure)
    deep = outer is not None and sign * value >= sign * outer
    present = presence(deep or sign * value > sign * limit)
    return Finding(None, present, measure, value, outer if deep else limit, extreme=deep)


def beyond(bed: BedView, measure: Measure, *, sign: int) -> Finding:
    """Hold the worst current number of a measure to its limits."""
    limits = bed.case.limits.get(measure, UNLIMITED)
    return held(limits, measure, worst(bed, measure, sign=sign), sign=sign)
