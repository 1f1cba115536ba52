"""For how long no breath has come at a bed, as far as its capnographs can tell."""

from __future__ import annotations

from monitoring.view import BedView, CaseView, DeviceView
from vitals.measure import Measure
from vitals.reading import Note
from vitals.vocabulary import Airway, Modality

UNREADY = frozenset({Note.WARMING_UP, Note.ZEROING, Note.CHECK_ADAPTER, Note.CHECK_SAMPLING_LINE})
"""What a capnograph says when its line tells nothing of the patient."""
SPOKEN = (Measure.ETCO2, Measure.RESPIRATORY_RATE)
"""What a capnograph without a wave tells of breath by, number or none."""


def breathless_s(bed: BedView) -> float | None:
    """Return for how long no breath has come, in s; None where no capnograph can tell.

    Counted from the latest of the last breath, the entry of an airway, the arrival at the bed, and
    when a capnograph began to tell. Where one falls silent it counts up to then; but once as much
    is missing as the row says, it goes on counting whatever becomes of the capnograph.
    """
    wait_s, seen_s = _wait_s(bed), missed_s(bed)
    return wait_s if (seen_s or 0.0) >= bed.case.allowances.breathing.suspect_s else seen_s


def missed_s(bed: BedView) -> float | None:
    """Return for how long no breath had come when a capnograph was last heard, in s."""
    wait_s = _wait_s(bed)
    return None if wait_s is None else max(0.0, wait_s - unheard_s(bed))


def unheard_s(bed: BedView) -> float:
    """Return since when nothing of breath has come from those that tell, in s; 0 without one."""
    return min((_heard_s(device) for device in bed.devices if tells(device)), default=0.0)


def tells(device: DeviceView) -> bool:
    """Tell whether a capnograph tells of breath just now: by its wave, its rate or its word."""
    if Modality.CAPNOGRAPHY not in device.modalities or not device.receiving:
        return False
    if device.notes & UNREADY:
        return False
    ages, breathed = device.ages.get(Measure.ETCO2), device.breathed
    known = breathed.waving or breathed.last_s is not None
    return denies(device) or (known and (ages is None or _heard_s(device) <= ages.stale_s))


def denies(device: DeviceView) -> bool:
    """Tell whether a device says that no breath comes: it has waited by itself."""
    return Note.NO_BREATH in device.notes


def guarded(case: CaseView) -> bool:
    """Tell whether an airway was recorded, and not removed since."""
    return case.airway is not None and case.airway is not Airway.NONE


def _wait_s(bed: BedView) -> float | None:
    """Return it as if all that passed had been heard; a device's own word counts without a wave."""
    case, told = bed.case, [device for device in bed.devices if tells(device)]
    if not told and case.listened_s is None:
        return None
    begins = [case.elapsed_s, case.arrived_s, case.listened_s]
    begins += [case.airway_s] if guarded(case) else []
    begins += [device.breathed.last_s for device in bed.devices]
    since_s = min(begin_s for begin_s in begins if begin_s is not None)
    said = bool(told) and all(denies(one) and not one.breathed.waving for one in told)
    return max(since_s, case.apnoea_s or 0.0) if said else since_s


def _heard_s(device: DeviceView) -> float:
    if device.breathed.wave_s is not None:
        return device.breathed.wave_s
    samples = (device.samples.get(measure) for measure in SPOKEN)
    return min((one.age_s for one in samples if one is not None), default=0.0)
