"""Whether what is to watch the patient is on and gives its number: one condition a modality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitoring.byhand import by_hand
from monitoring.circulation import pulse_gone
from monitoring.conditions import Presence
from monitoring.sighting import PROVES, Detector, Finding, presence, quality
from monitoring.view import BedView, DeviceView
from vitals.reading import Note, Quality
from vitals.vocabulary import Modality, Priority

UNFIT = {
    Modality.ECG: frozenset({Note.LEADS_OFF}),
    Modality.CAPNOGRAPHY: frozenset({Note.CHECK_ADAPTER, Note.CHECK_SAMPLING_LINE}),
}
"""What a monitor says of a probe that is off, besides that its number is invalid."""


def off(modality: Modality) -> Detector:
    """Return the detector of a probe that is off or faulty, as the device says.

    Silent within the induction grace and just after a move. Low where the modality is optional, or
    another device at the bed gives its number; nothing before its first number in this case: until
    then nothing was seen.
    """
    measure = PROVES[modality]

    def detector(bed: BedView) -> Iterable[Finding]:
        asked = not bed.case.in_grace and measure in bed.case.seen
        missed = modality in _due(bed) and not any(bed.numbers(measure))
        for device in _of(bed, modality):
            seen = Presence.UNKNOWN
            if device.receiving and (said := _fits(device, modality)) is not None:
                seen = presence(asked and not said)
            if seen is Presence.PRESENT and _held(bed, device, modality):
                seen = Presence.UNKNOWN
            yield Finding(device.name, seen, measure, priority=None if missed else Priority.LOW)

    return detector


def stale(modality: Modality) -> Detector:
    """Return the detector of a required number that was seen before and no longer comes.

    Of each monitor that sends frames without it: waits from when the last number was no longer
    fresh until it is stale; a device that has just come back has as long, and a patient who was
    just moved has a while. Nothing is missed from one that never gave it where another does. A
    probe that is off, a pulse that is gone and a breath that does not come are alarms of their own.
    Of the bed where no monitor of it stands there any more, and nobody reads it by hand.
    """
    measure = PROVES[modality]

    def detector(bed: BedView) -> Iterable[Finding]:
        if modality not in bed.case.required:
            return
        asked = measure in bed.case.seen and modality in _due(bed) and not bed.case.arriving
        devices = list(_of(bed, modality))
        gone = asked and not devices and not by_hand(bed, modality)
        yield Finding(None, presence(gone), measure, wait_s=bed.case.allowances.stale_s[measure])
        missed = asked and not any(bed.numbers(measure))
        given = any(measure in device.samples for device in devices)
        for device in devices:
            if given and measure not in device.samples:
                continue
            owned = _fits(device, modality) is False or _explained(bed, device, modality)
            yield Finding(
                device.name,
                presence(device.receiving and missed and not owned),
                measure,
                wait_s=device.ages[measure].stale_s - device.ages[measure].fresh_s,
            )

    return detector


def never_seen(modality: Modality) -> Detector:
    """Return the detector of a required modality without any number once the grace has ended.

    What came to be required later has a grace of its own. Where its devices are lost or silent,
    that owns the event; where there are none, whoever reads it by hand stands for them.
    """
    measure = PROVES[modality]

    def detector(bed: BedView) -> Iterable[Finding]:
        if modality not in _due(bed):
            return
        devices = list(_of(bed, modality))
        owned = bool(devices) and not any(device.receiving for device in devices)
        missing = measure not in bed.case.seen and not bed.case.in_grace and not owned
        yield Finding(None, presence(missing and not by_hand(bed, modality)), measure)

    return detector


def _due(bed: BedView) -> frozenset[Modality]:
    """Return what is required and has had its time to be attached, but for that of the start."""
    return bed.case.required - bed.case.attaching


def _of(bed: BedView, modality: Modality) -> Iterator[DeviceView]:
    return (device for device in bed.devices if modality in device.modalities)


def _fits(device: DeviceView, modality: Modality) -> bool | None:
    """Return whether a probe is on, as its device says just now; None where it does not say."""
    if device.receiving and device.notes & UNFIT.get(modality, frozenset()):
        return False
    said = quality(device, PROVES[modality])
    return None if said is None else said is not Quality.INVALID


def _held(bed: BedView, device: DeviceView, modality: Modality) -> bool:
    """Tell whether a cuff that fills says why a probe finds nothing, or no breath why CO2 does."""
    if modality is Modality.PULSE_OXIMETRY:
        return bed.case.squeezed
    return modality is Modality.CAPNOGRAPHY and _breathless(device)


def _explained(bed: BedView, device: DeviceView, modality: Modality) -> bool:
    """Tell whether another condition, or a cuff that fills, says why there is no number."""
    if modality is Modality.PULSE_OXIMETRY:
        return pulse_gone(bed) or bed.case.squeezed
    return modality is Modality.CAPNOGRAPHY and _breathless(device)


def _breathless(device: DeviceView) -> bool:
    """Tell whether a capnograph at work sees no breath: that is no fault of its line."""
    if device.notes & UNFIT[Modality.CAPNOGRAPHY]:
        return False
    breathed, measure = device.breathed, PROVES[Modality.CAPNOGRAPHY]
    quiet = breathed.last_s is None or breathed.last_s > device.ages[measure].stale_s
    return Note.NO_BREATH in device.notes or (breathed.waving and quiet)
