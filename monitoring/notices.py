"""What is worth knowing at a bed and no alarm: shown, never sounded, gone by itself."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.breathing import proven
from monitoring.breathless import breathless_s
from monitoring.circulation import BY_ECG, BY_PULSE
from monitoring.sighting import UNLIMITED, worst
from monitoring.technique import DEVICES
from monitoring.view import BedView
from vitals.vocabulary import Airway


def notices(bed: BedView) -> Iterator[str]:
    """Yield the ids of what is to be shown; `notice.<id>` are their words."""
    if bed.case.unusual:
        yield "unusual_patient"
    if _slow(bed):
        yield "infant_rate"
    yield from _breath(bed)


def _slow(bed: BedView) -> bool:
    """Tell whether an infant's heart is slower than is usual, and not yet slow enough to alarm."""
    measure = BY_ECG if any(bed.numbers(BY_ECG)) else BY_PULSE
    least = bed.case.limits.get(measure, UNLIMITED).notice_lo
    value = worst(bed, measure, sign=-1)
    return least is not None and value is not None and value < least


def _breath(bed: BedView) -> Iterator[str]:
    """Yield what no breath on CO2 asks of the anaesthetist: as soon as it can be an alarm."""
    case, waited_s = bed.case, breathless_s(bed)
    asked_s = case.allowances.breathing.lost_s if case.airway in DEVICES else case.apnoea_s
    if waited_s is None or asked_s is None or waited_s < asked_s:
        return
    if case.airway in (None, Airway.NONE):
        yield "airway_placed" if proven(bed) else "no_breath_yet"
    else:
        yield "airway_removed"
