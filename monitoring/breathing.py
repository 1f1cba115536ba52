"""Breath and CO2: what is seen of each condition at a bed, just now.

No breath is one event: `co2_lost` owns it while a device is in the airway and SpO2 is known,
`apnoea` otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitoring.conditions import Presence
from monitoring.sighting import Finding, beyond, presence
from monitoring.technique import DEVICES
from monitoring.view import BedView, CaseView, DeviceView
from vitals.measure import Measure
from vitals.reading import Note
from vitals.vocabulary import Airway, Modality, Phase, Priority

UNREADY = frozenset({Note.WARMING_UP, Note.ZEROING, Note.CHECK_ADAPTER, Note.CHECK_SAMPLING_LINE})
"""What a capnograph says when its line tells nothing of the patient."""


def apnoea(bed: BedView) -> Iterable[Finding]:
    """No breath on CO2 for as long as the case's limit says.

    Before any airway was recorded, or after its removal, it is information until the patient was
    seen to breathe into the line; then medium, and high in an emergency. With an airway, high.
    """
    case, waited_s = bed.case, breathless_s(bed)
    if waited_s is None or case.apnoea_s is None:
        yield Finding(None, Presence.UNKNOWN if case.apnoea_s else Presence.ABSENT)
        return
    gone = waited_s >= case.apnoea_s and proven(bed) and not _lost(bed, waited_s)
    high = case.emergency or _guarded(case)
    priority = Priority.HIGH if high else Priority.MEDIUM
    yield Finding(None, presence(gone), limit=case.apnoea_s, priority=priority)


def co2_lost(bed: BedView) -> Iterable[Finding]:
    """No breath on CO2 through a tube or a laryngeal mask, while SpO2 is known."""
    waited_s = breathless_s(bed)
    if waited_s is None:
        yield Finding(None, Presence.UNKNOWN, Measure.ETCO2)
    else:
        yield Finding(None, presence(_lost(bed, waited_s)), Measure.ETCO2)


def etco2_high(bed: BedView) -> Iterable[Finding]:
    """EtCO2 above its limit."""
    yield beyond(bed, Measure.ETCO2, sign=1)


def etco2_low(bed: BedView) -> Iterable[Finding]:
    """EtCO2 below its limit: with a device in the airway, once that has settled.

    A face mask leaks and reads low; where no breath comes, that is the event.
    """
    case, row = bed.case, bed.case.allowances.breathing
    if case.airway not in DEVICES:
        yield Finding(None, Presence.ABSENT, Measure.ETCO2)
        return
    found = beyond(bed, Measure.ETCO2, sign=-1)
    settling = case.airway_s is not None and case.airway_s < row.settle_s
    waited_s = breathless_s(bed)
    if found.presence is Presence.PRESENT and (settling or (waited_s or 0.0) >= row.lost_s):
        found = replace(found, presence=Presence.UNKNOWN)
    yield found


def fico2_high(bed: BedView) -> Iterable[Finding]:
    """CO2 in what is breathed in above its limit."""
    yield beyond(bed, Measure.FICO2, sign=1)


def rr_low(bed: BedView) -> Iterable[Finding]:
    """Breaths a minute below the limit, in recovery, where they are counted."""
    case = bed.case
    if case.phase is not Phase.RECOVERY:
        yield Finding(None, Presence.ABSENT, Measure.RESPIRATORY_RATE)
        return
    found, waited_s = beyond(bed, Measure.RESPIRATORY_RATE, sign=-1), breathless_s(bed)
    owned = None not in (waited_s, case.apnoea_s) and (waited_s or 0) >= (case.apnoea_s or 0)
    if owned and proven(bed) and found.presence is Presence.PRESENT:
        found = replace(found, presence=Presence.UNKNOWN)
    yield found


def breathless_s(bed: BedView) -> float | None:
    """Return for how long no breath has come, in s; None where no capnograph can tell.

    Of several the one that had a breath last counts. Where none has come yet, since the airway was
    recorded, or else since the case began.
    """
    told = [device for device in bed.devices if _tells(device)]
    if not told:
        return None
    case = bed.case
    begin_s = case.elapsed_s if case.airway_s is None else min(case.elapsed_s, case.airway_s)
    ages = [device.breathed.last_s for device in told]
    since_s = min(
        [begin_s if _guarded(case) else case.elapsed_s, *(a for a in ages if a is not None)]
    )
    said = all(_apnoeic(device) for device in told)
    return max(since_s, case.apnoea_s or 0.0) if said else since_s


def proven(bed: BedView) -> bool:
    """Tell whether a missing breath is known to be the patient's own.

    An airway was recorded; or the patient was seen to breathe, since its removal if it was removed.
    """
    case = bed.case
    if _guarded(case):
        return True
    proofs = [device.breathed.proof_s for device in bed.devices]
    if case.airway is Airway.NONE:
        since_s = case.elapsed_s if case.airway_s is None else case.airway_s
        return any(proof_s is not None and proof_s <= since_s for proof_s in proofs)
    return case.breathed or any(proof_s is not None for proof_s in proofs)


def _guarded(case: CaseView) -> bool:
    return case.airway is not None and case.airway is not Airway.NONE


def _lost(bed: BedView, waited_s: float) -> bool:
    """Tell whether what stopped is CO2 through a device, while SpO2 speaks for the patient."""
    case = bed.case
    return (
        case.airway in DEVICES
        and waited_s >= case.allowances.breathing.lost_s
        and any(_knows(device, Measure.SPO2) for device in bed.devices)
    )


def _knows(device: DeviceView, measure: Measure) -> bool:
    """Tell whether a device has a number that is not gone yet; one that flickers is."""
    sample = device.samples.get(measure)
    if sample is None or sample.value is None:
        return False
    return sample.age_s <= device.ages[measure].stale_s


def _tells(device: DeviceView) -> bool:
    """Tell whether a capnograph tells of breath: by its wave, its rate or its word."""
    if Modality.CAPNOGRAPHY not in device.modalities or not device.receiving:
        return False
    if device.notes & UNREADY:
        return False
    breathed = device.breathed
    return breathed.waving or breathed.last_s is not None or Note.NO_BREATH in device.notes


def _apnoeic(device: DeviceView) -> bool:
    """Tell whether a device without a wave says that no breath comes: it has waited by itself."""
    return Note.NO_BREATH in device.notes and not device.breathed.waving
