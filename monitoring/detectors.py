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

PROVES = {
    Modality.PULSE_OXIMETRY: Measure.SPO2,
    Modality.CAPNOGRAPHY: Measure.ETCO2,
    Modality.ECG: Measure.HEART_RATE,
    Modality.NIBP: Measure.NIBP_SYSTOLIC,
    Modality.NEUROMUSCULAR: Measure.TOF_RATIO,
}
"""The measure whose current number shows that a modality is at work."""

WATCHED = (Modality.PULSE_OXIMETRY,)
"""Modalities whose probe and number raise technical alarms."""


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
    wait_s: float = 0.0
    """Onset filter that the device asks for, where it is longer than the row's."""


Detector = Callable[[BedView], Iterable[Finding]]


def spo2_low(bed: BedView) -> Iterable[Finding]:
    """SpO2 below its limit; at or below the desaturation limit it is extreme."""
    yield _beyond(bed, Measure.SPO2, lambda limits: (limits.lo, limits.ext_lo), sign=-1)


def hr_low(bed: BedView) -> Iterable[Finding]:
    """Heart rate below its limit; at or below the outer limit it is extreme."""
    yield _beyond(bed, Measure.PULSE_RATE, lambda limits: (limits.lo, limits.ext_lo), sign=-1)


def hr_high(bed: BedView) -> Iterable[Finding]:
    """Heart rate above its limit; at or above the outer limit it is extreme."""
    yield _beyond(bed, Measure.PULSE_RATE, lambda limits: (limits.hi, limits.ext_hi), sign=1)


def no_pulse(bed: BedView) -> Iterable[Finding]:
    """Probe on, no pulse found, though one was seen in this case."""
    measure = Measure.PULSE_RATE
    presence = Presence.PRESENT if _pulse_gone(bed) else Presence.UNKNOWN
    if any(bed.numbers(measure)):
        presence = Presence.ABSENT
    yield Finding(None, presence, measure)


def probe_off(bed: BedView) -> Iterable[Finding]:
    """Probe off or faulty, as the device says; silent within the induction grace.

    Low where the modality is optional, or another device at the bed gives its number; nothing
    before its first number in this case: until then `never_seen` owns the event.
    """
    for device in bed.devices:
        if (modality := _watched(device)) is None:
            continue
        measure, required = PROVES[modality], modality in bed.case.required
        asked = not bed.case.in_grace and measure in bed.case.seen
        presence = Presence.UNKNOWN
        if device.receiving and (quality := _quality(device, measure)) is not None:
            presence = _present(asked and quality is Quality.INVALID)
        missed = required and not any(bed.numbers(measure))
        yield Finding(device.name, presence, measure, priority=None if missed else Priority.LOW)


def stale(bed: BedView) -> Iterable[Finding]:
    """Frames come, but no longer the required number that was seen before.

    Waits from when the last number was no longer fresh until it is stale; a device that has just
    come back has as long. A probe that is off and a pulse that is gone are alarms of their own.
    """
    for device in bed.devices:
        modality = _watched(device)
        if modality is None or modality not in bed.case.required:
            continue
        measure = PROVES[modality]
        missed = measure in bed.case.seen and not any(bed.numbers(measure))
        owned = _quality(device, measure) is Quality.INVALID or _pulse_gone(bed)
        yield Finding(
            device.name,
            _present(device.receiving and missed and not owned),
            measure,
            wait_s=device.ages[measure].stale_s - device.ages[measure].fresh_s,
        )


def never_seen(bed: BedView) -> Iterable[Finding]:
    """No number at all from a required modality, once the induction grace has ended.

    Where its devices are lost or silent, `link_lost` owns the event.
    """
    for modality in WATCHED:
        if modality in bed.case.required:
            measure = PROVES[modality]
            devices = [device for device in bed.devices if modality in device.modalities]
            owned = bool(devices) and not any(device.receiving for device in devices)
            missing = measure not in bed.case.seen and not bed.case.in_grace and not owned
            yield Finding(None, _present(missing), measure)


def link_lost(bed: BedView) -> Iterable[Finding]:
    """No good frame comes from a device of this bed: unplugged, silent or defective."""
    for device in bed.devices:
        yield Finding(device.name, _present(not device.receiving))


def recorder_failure(bed: BedView) -> Iterable[Finding]:
    """Journal behind, or not to be written."""
    yield Finding(None, _present(not bed.recording))


def rules_unusable(bed: BedView) -> Iterable[Finding]:
    """Rule files of the clinic with errors, so that other rules are in force."""
    yield Finding(None, _present(not bed.ruled))


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
    "rules_unusable": rules_unusable,
}


def _watched(device: DeviceView) -> Modality | None:
    """Return the modality of a device that raises technical alarms."""
    return next((modality for modality in WATCHED if modality in device.modalities), None)


def _present(seen: bool) -> Presence:  # noqa: FBT001 - one value in, its name out
    return Presence.PRESENT if seen else Presence.ABSENT


def _quality(device: DeviceView, measure: Measure) -> Quality | None:
    sample = device.current(measure)
    return None if sample is None else sample.quality


def _pulse_gone(bed: BedView) -> bool:
    """Tell whether a probe that is on searches for the pulse that was seen before."""
    measure = Measure.PULSE_RATE
    searching = any(_quality(device, measure) is Quality.UNAVAILABLE for device in bed.devices)
    return searching and measure in bed.case.seen and not any(bed.numbers(measure))


def _beyond(
    bed: BedView,
    measure: Measure,
    pick: Callable[[Range], tuple[float | None, float | None]],
    *,
    sign: int,
) -> Finding:
    """Hold the worst current number to its limits: a second device may not hide the first."""
    limit, extreme = pick(bed.case.limits.get(measure, Range()))
    numbers = [value for _, value in bed.numbers(measure)]
    if not numbers or limit is None:
        return Finding(None, Presence.UNKNOWN, measure)
    value = max(numbers, key=lambda number: sign * number)
    deep = extreme is not None and sign * value >= sign * extreme
    present = _present(deep or sign * value > sign * limit)
    return Finding(None, present, measure, value, extreme if deep else limit, extreme=deep)
