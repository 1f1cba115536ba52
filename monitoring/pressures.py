"""Blood pressure by cuff: every reading is of one moment and holds until the next."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from monitoring.byhand import typed_s
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

    An interval counts from when it was set at the earliest. Before the first measurement
    `never_seen_nibp` owns the event where it is required.
    """
    case, row = bed.case, bed.case.allowances.pressure
    waited_s = min(waited(bed), math.inf if case.every_since_s is None else case.every_since_s)
    unseen = SYSTOLIC not in case.seen and Modality.NIBP in case.required
    if case.every_s is None or (unseen and typed_s(bed, Modality.NIBP) is None):
        yield Finding(None, Presence.ABSENT, SYSTOLIC)
        return
    missed = waited_s > row.missed * case.every_s
    late = waited_s > case.every_s + row.late_s or missed
    priority = Priority.MEDIUM if missed else None
    yield Finding(None, presence(late), SYSTOLIC, priority=priority)


def waited(bed: BedView) -> float:
    """Return how long nobody has measured, in s; what a person typed counts without a cuff."""
    known = (bed.case.elapsed_s, bed.case.cuffed_s, typed_s(bed, Modality.NIBP))
    since = [one.age_s for one in _newest(bed, SYSTOLIC)]
    return min([*since, *(age_s for age_s in known if age_s is not None)])


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
    newest = next(_newest(bed, measure), None)
    value, age_s = (None, 0.0) if newest is None else (newest.value, newest.age_s)
    return held(bed.case.held(measure, age_s) or UNLIMITED, measure, value, sign=sign)


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
