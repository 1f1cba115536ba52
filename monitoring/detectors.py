"""One pure function a condition: what is seen of it at a bed, just now.

Each yields findings by device (None for a condition of the patient). Every row of the alarm rules
has exactly one detector here, under the same id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from monitoring.conditions import Presence
from monitoring.limits import Range
from monitoring.view import BedView, DeviceView
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import Modality, Priority

PROVES = {Modality.PULSE_OXIMETRY: Measure.SPO2}
"""The measure whose current number shows that a modality is at work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is seen of one condition."""

    device: str | None
    presence: Presence
    measure: Measure | None = None
    value: float | None = None
    limit: float | None = None
    priority: Priority | None = None
    """More urgent than the row says."""
    at_once: bool = False
    """Without the onset filter."""


Detector = Callable[[BedView], Iterable[Finding]]


def spo2_low(bed: BedView) -> Iterable[Finding]:
    """SpO2 below its limit; at or below the desaturation limit high and at once."""
    limits = bed.case.limits.get(Measure.SPO2, Range())
    number = next(bed.numbers(Measure.SPO2), None)
    if number is None or limits.lo is None:
        yield Finding(None, Presence.UNKNOWN, Measure.SPO2)
        return
    value = number[1]
    deep = limits.ext_lo is not None and value <= limits.ext_lo
    yield Finding(
        None,
        Presence.PRESENT if deep or value < limits.lo else Presence.ABSENT,
        Measure.SPO2,
        value,
        limits.ext_lo if deep else limits.lo,
        Priority.HIGH if deep else None,
        at_once=deep,
    )


def hr_low(bed: BedView) -> Iterable[Finding]:
    """Heart rate below its limit; at or below the extreme limit high."""
    yield _rate(bed, lambda limits: (limits.lo, limits.ext_lo), sign=-1)


def hr_high(bed: BedView) -> Iterable[Finding]:
    """Heart rate above its limit; at or above the extreme limit high."""
    yield _rate(bed, lambda limits: (limits.hi, limits.ext_hi), sign=1)


def no_pulse(bed: BedView) -> Iterable[Finding]:
    """Probe on, no pulse found, though one was seen in this case."""
    measure = Measure.PULSE_RATE
    if any(bed.numbers(measure)):
        yield Finding(None, Presence.ABSENT, measure)
        return
    searching = any(_quality(device, measure) is Quality.UNAVAILABLE for device in bed.devices)
    gone = searching and measure in bed.case.seen
    yield Finding(None, Presence.PRESENT if gone else Presence.UNKNOWN, measure)


def probe_off(bed: BedView) -> Iterable[Finding]:
    """Probe off or faulty, as the device says; silent within the induction grace."""
    for device in bed.devices:
        if (measure := PROVES.get(device.modality)) is None:
            continue
        required = device.modality in bed.case.required
        presence = Presence.UNKNOWN
        if device.receiving and (quality := _quality(device, measure)) is not None:
            presence = _present(quality is Quality.INVALID and not bed.case.in_grace)
        yield Finding(device.name, presence, measure, priority=None if required else Priority.LOW)


def stale(bed: BedView) -> Iterable[Finding]:
    """Frames come, but a required number seen before has not been renewed for too long."""
    for device in bed.devices:
        measure = PROVES.get(device.modality)
        if measure is None or device.modality not in bed.case.required:
            continue
        sample = device.samples.get(measure)
        old = device.receiving and sample is not None and sample.age_s > device.stale_s
        yield Finding(device.name, _present(old), measure)


def never_seen(bed: BedView) -> Iterable[Finding]:
    """No number at all from a required modality, once the induction grace has ended."""
    for modality, measure in PROVES.items():
        if modality in bed.case.required:
            missing = measure not in bed.case.seen and not bed.case.in_grace
            yield Finding(None, _present(missing), measure)


def link_lost(bed: BedView) -> Iterable[Finding]:
    """No good frame comes from a device of this bed: unplugged, silent or defective."""
    for device in bed.devices:
        yield Finding(device.name, _present(not device.receiving))


def recorder_failure(bed: BedView) -> Iterable[Finding]:
    """Journal behind, or not to be written."""
    yield Finding(None, _present(not bed.recording))


DETECTORS: dict[str, Detector] = {
    "spo2_low": spo2_low,
    "no_pulse": no_pulse,
    "hr_low": hr_low,
    "hr_high": hr_high,
    "probe_off": probe_off,
    "stale": stale,
    "never_seen": never_seen,
    "link_lost": link_lost,
    "recorder_failure": recorder_failure,
}


def _present(seen: bool) -> Presence:  # noqa: FBT001 - one value in, its name out
    return Presence.PRESENT if seen else Presence.ABSENT


def _quality(device: DeviceView, measure: Measure) -> Quality | None:
    sample = device.current(measure)
    return None if sample is None else sample.quality


def _rate(
    bed: BedView, pick: Callable[[Range], tuple[float | None, float | None]], *, sign: int
) -> Finding:
    measure = Measure.PULSE_RATE
    limit, extreme = pick(bed.case.limits.get(measure, Range()))
    number = next(bed.numbers(measure), None)
    if number is None or limit is None:
        return Finding(None, Presence.UNKNOWN, measure)
    value = number[1]
    deep = extreme is not None and sign * value >= sign * extreme
    return Finding(
        None,
        _present(deep or sign * value > sign * limit),
        measure,
        value,
        extreme if deep else limit,
        Priority.HIGH if deep else None,
    )
