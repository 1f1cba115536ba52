"""Breath and CO2: what is seen of each condition at a bed, just now.

No breath is one event. `co2_lost` owns it where a device is in the airway and SpO2 is known when it
begins, `apnoea` otherwise; whichever it is keeps it, until a breath comes or somebody says that
the airway was removed. Neither a lost SpO2 nor a capnograph that stops ends or renames it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitoring.breathless import breathless_s, guarded
from monitoring.conditions import Presence
from monitoring.sighting import Finding, beyond, presence
from monitoring.technique import DEVICES
from monitoring.view import BedView, CaseView, DeviceView
from vitals.measure import Measure
from vitals.vocabulary import Airway, Phase, Priority

APNOEA, CO2_LOST = "apnoea", "co2_lost"


def apnoea(bed: BedView) -> Iterable[Finding]:
    """No breath on CO2 for as long as the case's limit says.

    Before any airway was recorded, or after its removal, it is information until the patient was
    seen to breathe into the line; then medium, and high in an emergency. With an airway, high.
    """
    case = bed.case
    if case.apnoea_s is None:
        yield Finding(None, Presence.ABSENT)
        return
    seen = _owned(bed, APNOEA, CO2_LOST) or _apnoeic(bed, case.apnoea_s)
    high = case.emergency or guarded(case)
    priority = Priority.HIGH if high else Priority.MEDIUM
    steady = case.airway is Airway.NONE
    yield Finding(None, seen, limit=case.apnoea_s, priority=priority, steady=steady)


def co2_lost(bed: BedView) -> Iterable[Finding]:
    """No breath on CO2 through a tube or a laryngeal mask, while SpO2 is known."""
    yield Finding(None, _owned(bed, CO2_LOST, APNOEA) or _lost(bed), Measure.ETCO2)


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


def proven(bed: BedView) -> bool:
    """Tell whether a missing breath is known to be the patient's own.

    An airway was recorded; or the patient was seen to breathe, since its removal if it was removed:
    the line goes with the airway. In an emergency whatever was seen before counts.
    """
    case = bed.case
    if guarded(case):
        return True
    proofs = [device.breathed.proof_s for device in bed.devices]
    if case.airway is Airway.NONE and not case.emergency:
        since_s = case.elapsed_s if case.airway_s is None else case.airway_s
        return any(proof_s is not None and proof_s <= since_s for proof_s in proofs)
    return case.breathed or any(proof_s is not None for proof_s in proofs)


def _owned(bed: BedView, condition: str, other: str) -> Presence | None:
    """Return what is seen of the event once one of both has it; None before."""
    onsets = bed.case.onsets
    if condition not in onsets:
        return Presence.ABSENT if other in onsets else None
    lasted_s = onsets[condition]
    breathed = any(_breathed(device, lasted_s) for device in bed.devices)
    return presence(not breathed and not _removed(bed.case, lasted_s))


def _breathed(device: DeviceView, lasted_s: float) -> bool:
    last_s = device.breathed.last_s
    return last_s is not None and last_s < lasted_s


def _removed(case: CaseView, lasted_s: float) -> bool:
    """Tell whether somebody has said since it began that nothing is in the airway any more."""
    said_s = case.airway_said_s
    return case.airway is Airway.NONE and said_s is not None and said_s <= lasted_s


def _apnoeic(bed: BedView, limit_s: float) -> Presence:
    """Return what is seen of an apnoea that has not begun."""
    waited_s = breathless_s(bed)
    if waited_s is None:
        return Presence.UNKNOWN
    lost = _lost(bed) is Presence.PRESENT
    return presence(waited_s >= limit_s and proven(bed) and not lost)


def _lost(bed: BedView) -> Presence:
    """Return whether CO2 through a device has stopped, while SpO2 speaks for the patient."""
    case, waited_s = bed.case, breathless_s(bed)
    if waited_s is None:
        return Presence.UNKNOWN
    if case.airway not in DEVICES or waited_s < case.allowances.breathing.lost_s:
        return Presence.ABSENT
    known = any(_knows(device, Measure.SPO2) for device in bed.devices)
    return Presence.PRESENT if known else Presence.UNKNOWN


def _knows(device: DeviceView, measure: Measure) -> bool:
    """Tell whether a device has a number that is not gone yet; one that flickers is."""
    sample = device.samples.get(measure)
    if sample is None or sample.value is None:
        return False
    return sample.age_s <= device.ages[measure].stale_s
