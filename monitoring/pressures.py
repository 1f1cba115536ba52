"""Blood pressure by cuff: every reading is of one moment and holds until the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from monitoring.conditions import Presence
from monitoring.sighting import UNLIMITED, Finding, held, presence
from monitoring.view import BedView
from vitals.measure import Measure
from vitals.vocabulary import Modality, Priority

SYSTOLIC, MEAN = Measure.NIBP_SYSTOLIC, Measure.NIBP_MEAN


@dataclass(frozen=True, slots=True)
class Cuffed:
    """One number of the newest measurement."""

    value: float
    age_s: float


def nibp_low(bed: BedView) -> Iterable[Finding]:
    """Systolic pressure below its limit; high when far below it, and at the second low reading."""
    yield _low(bed, SYSTOLIC)


def map_low(bed: BedView) -> Iterable[Finding]:
    """Mean pressure below its limit; where the systolic is too, that owns the event."""
    found = _low(bed, MEAN)
    owned = _low(bed, SYSTOLIC).presence is Presence.PRESENT
    yield replace(found, presence=Presence.ABSENT) if owned else found


def nibp_high(bed: BedView) -> Iterable[Finding]:
    """Systolic pressure above its limit."""
    yield _held(bed, SYSTOLIC, sign=1)


def nibp_overdue(bed: BedView) -> Iterable[Finding]:
    """No measurement for longer than the interval that is asked for, or that somebody set.

    Before the first one `never_seen_nibp` owns the event where it is required.
    """
    case, row = bed.case, bed.case.allowances.pressure
    waited_s = waited(bed)
    unseen = SYSTOLIC not in case.seen and Modality.NIBP in case.required
    if case.every_s is None or (unseen and not _typed(bed)):
        yield Finding(None, Presence.ABSENT, SYSTOLIC)
        return
    missed = waited_s > row.missed * case.every_s
    late = waited_s > case.every_s + row.late_s or missed
    priority = Priority.MEDIUM if missed else None
    yield Finding(None, presence(late), SYSTOLIC, priority=priority)


def waited(bed: BedView) -> float:
    """Return how long nobody has measured, in s; what a person typed counts without a cuff."""
    cuffed_s = bed.case.cuffed_s
    since = [one.age_s for one in _newest(bed, SYSTOLIC)]
    since += [] if cuffed_s is None else [cuffed_s]
    return min([bed.case.elapsed_s, *since, *_typed(bed)])


def typed(bed: BedView) -> bool:
    """Tell whether a person measures by hand, at a bed that has no cuff of its own."""
    return bool(_typed(bed))


def _typed(bed: BedView) -> list[float]:
    """Return since when a pressure was typed in; never in the place of a device."""
    if any(Modality.NIBP in device.modalities for device in bed.devices):
        return []
    age_s = bed.case.typed_s.get(SYSTOLIC)
    return [] if age_s is None else [age_s]


def _newest(bed: BedView, measure: Measure) -> Iterator[Cuffed]:
    """Yield the newest number of a measure, of whichever cuff; none where it is missing or gone."""
    found = []
    for device in bed.devices:
        sample = device.samples.get(measure)
        if sample is None or sample.value is None:
            continue
        if sample.age_s <= device.ages[measure].stale_s:
            found.append(Cuffed(sample.value, sample.age_s))
    yield from sorted(found, key=lambda one: one.age_s)[:1]


def _held(bed: BedView, measure: Measure, *, sign: int) -> Finding:
    limits = bed.case.limits.get(measure, UNLIMITED)
    value = next((one.value for one in _newest(bed, measure)), None)
    return held(limits, measure, value, sign=sign)


def _low(bed: BedView, measure: Measure) -> Finding:
    found = _held(bed, measure, sign=-1)
    if found.presence is not Presence.PRESENT or found.value is None or found.limit is None:
        return found
    deep = found.value < bed.case.allowances.pressure.deep * found.limit
    high = (deep and measure is SYSTOLIC) or _again(bed, measure)
    return replace(found, priority=Priority.HIGH if high else None)


def _again(bed: BedView, measure: Measure) -> bool:
    """Tell whether the pressure was low already before the newest reading."""
    since = [bed.case.onsets[name] for name in ("nibp_low", "map_low") if name in bed.case.onsets]
    newest = next((one.age_s for one in _newest(bed, measure)), None)
    return newest is not None and any(newest < onset_s for onset_s in since)
