"""Oxygen, pulse and heart rate: what is seen of each condition at a bed, just now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitoring.conditions import Presence
from monitoring.limits import Range
from monitoring.sighting import UNLIMITED, Finding, beyond, held, worst
from monitoring.view import BedView, CaseView, DeviceView
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import Phase

BY_ECG, BY_PULSE = Measure.HEART_RATE, Measure.PULSE_RATE


def spo2_low(bed: BedView) -> Iterable[Finding]:
    """SpO2 below its limit; at or below the desaturation limit it is extreme.

    A number is one also while a cuff fills on the limb of the probe.
    """
    yield beyond(bed, Measure.SPO2, sign=-1)


def hr_low(bed: BedView) -> Iterable[Finding]:
    """Heart rate below its limit: by ECG where there is one, else by pulse.

    A pulse at or below the outer limit counts whatever the ECG says: an ECG moves no blood.
    """
    rate = _rate(bed, sign=-1)
    pulse = held(_limits(bed, BY_PULSE), BY_PULSE, worst(bed, BY_PULSE, sign=-1), sign=-1)
    yield pulse if pulse.extreme and not rate.extreme else rate


def hr_high(bed: BedView) -> Iterable[Finding]:
    """Heart rate above its limit: by ECG where there is one, else by pulse.

    A child that wakes is given time, and more where somebody has said that it cries. An alarm that
    it brings from the anaesthetic ends with its next number, and that time begins.
    """
    found, case = _rate(bed, sign=1), bed.case
    if case.phase is not Phase.RECOVERY:
        yield found
    elif case.upset or (_carried(case) and found.presence is Presence.PRESENT):
        yield replace(found, presence=Presence.ABSENT)
    else:
        yield replace(found, extreme=False, wait_s=case.allowances.waking.hr_high_s)


def no_pulse(bed: BedView) -> Iterable[Finding]:
    """Probe on, no pulse found, though one was seen in this case, and no heart rate by ECG.

    What a monitor said last stands when it stops: silence brings no pulse back.
    """
    present = Presence.UNKNOWN
    if any(bed.numbers(BY_PULSE)) or any(rate > 0 for _, rate in bed.numbers(BY_ECG)):
        present = Presence.ABSENT
    elif pulse_gone(bed) and not bed.case.squeezed:
        present = Presence.PRESENT
    yield Finding(None, present, BY_PULSE)


def pulse_gone(bed: BedView) -> bool:
    """Tell whether a probe that is on searches for the pulse that was seen before, in vain."""
    searching = any(_searches(bed, device) for device in bed.devices)
    found = any(bed.numbers(BY_PULSE)) or _beats(bed)
    return searching and not found


def _carried(case: CaseView) -> bool:
    """Tell whether an alarm of a fast heart lasts since before recovery was told."""
    since_s = case.onsets.get("hr_high")
    return since_s is not None and case.told_s is not None and since_s > case.told_s


def _searches(bed: BedView, device: DeviceView) -> bool:
    """Tell whether a device said last that it searches: it does until a number comes.

    Said once it stands, whatever else comes from the device, or nothing. A pulse that another
    found since ends it, unless it is said anew. One that tells no rate of the pulse searches for
    SpO2.
    """
    measure = BY_PULSE if BY_PULSE in device.samples else Measure.SPO2
    sample, found_s = device.samples.get(measure), bed.case.pulse_s
    if sample is None or sample.quality is not Quality.UNAVAILABLE or measure not in bed.case.seen:
        return False
    anew = device.receiving and device.current(measure) is not None
    return anew or found_s is None or sample.age_s <= found_s


def _beats(bed: BedView) -> bool:
    """Tell whether an ECG has counted a beat a moment ago; a flat one counts none."""
    samples = (device.samples.get(BY_ECG) for device in bed.devices)
    ecg_s = bed.case.allowances.pulse.ecg_s
    return any(one and one.value and one.value > 0 and one.age_s <= ecg_s for one in samples)


def _rate(bed: BedView, *, sign: int) -> Finding:
    measure = BY_ECG if any(bed.numbers(BY_ECG)) else BY_PULSE
    return held(_limits(bed, measure), measure, worst(bed, measure, sign=sign), sign=sign)


def _limits(bed: BedView, measure: Measure) -> Range:
    """Return the limits of a rate; those of the pulse where a case of before knows no other."""
    limits = bed.case.limits
    return limits.get(measure) or limits.get(BY_PULSE) or UNLIMITED
