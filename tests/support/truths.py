"""What is so at a bed and must be told, worked out apart from the detectors."""

from __future__ import annotations

from collections.abc import Iterator

from theatres import GRACE_S, LATER_S, RULES, Monitor, Theatre

from monitoring.alarms import Alarms, Key
from monitoring.limits import Range
from monitoring.technique import DEVICES
from monitoring.view import BedView
from vitals.measure import Measure
from vitals.vocabulary import Airway, Modality, Phase, Priority

BREATH = ("apnoea", "co2_lost")
NUMBERS = {
    "spo2_low": (Measure.SPO2,),
    "hr_low": (Measure.PULSE_RATE, Measure.HEART_RATE),
    "hr_high": (Measure.PULSE_RATE, Measure.HEART_RATE),
    "no_pulse": (Measure.PULSE_RATE, Measure.HEART_RATE),
    "etco2_high": (Measure.ETCO2,),
}
"""What shows that an alarm about the patient is over: a number, just now."""
CUFFED = ("nibp_low", "map_low", "nibp_high")
GONE = {
    Modality.PULSE_OXIMETRY: ("stale", "never_seen", "link_lost", "driver_defect", "probe_off"),
    Modality.CAPNOGRAPHY: ("stale_co2", "never_seen_co2", "link_lost", "driver_defect", "co2_off"),
}
PROVES = {Modality.PULSE_OXIMETRY: Measure.SPO2, Modality.CAPNOGRAPHY: Measure.ETCO2}
ARRIVAL_S = RULES.allowances.arrival.grace_s
SLOW_S = 30.0
"""By then whatever is missed is told, with the time that a monitor takes to come back."""


def unended(bed: Theatre, key: Key, before: Alarms, seen: BedView) -> bool:
    """Tell whether an alarm about the patient ended though nothing shows that it is over."""
    began_s, name = bed.now.seconds_since(before[key].onset), key.condition
    if name in BREATH:
        return not _breathes(bed, began_s) and not _handed_over(bed)
    if name in NUMBERS:
        unlimited = all(seen.case.limits.get(one) is None for one in NUMBERS[name])
        return not unlimited and not any(any(seen.numbers(one)) for one in NUMBERS[name])
    if name in CUFFED:
        told = (one.said.get(Measure.NIBP_SYSTOLIC) for one in bed.monitors.values())
        return not any(
            one and one[0] is not None and bed.seconds - one[2] < began_s for one in told
        )
    return False


def unseen(key: Key, seen: BedView) -> bool:
    """Tell whether an alarm about a number stands though there is no such number just now."""
    wanted = NUMBERS.get(key.condition, ()) if key.condition != "no_pulse" else ()
    return bool(wanted) and not any(any(seen.numbers(one)) for one in wanted)


def due(bed: Theatre) -> Iterator[str]:
    """Yield what is so for so long that somebody must have been told, and nobody was."""
    static_s = bed.seconds - bed.touched
    high = {k.condition for k, one in bed.alarms.items() if one.priority is Priority.HIGH}
    alarming = {k.condition for k, one in bed.alarms.items() if one.condition.alarming}
    found = [*_oxygen(bed, static_s), *_rates(bed, static_s), *_breath(bed, static_s)]
    for told, urgent in [*found, *_pressure(bed, static_s)]:
        if not (set(told) & alarming and (not urgent or set(told) & alarming & high)):
            yield f"{told[0]}, high" if urgent else told[0]
    for modality, told in _unwatched(bed, static_s):
        if not set(told) & alarming:
            yield f"no {modality}"


Wanted = tuple[tuple[str, ...], bool]
"""Any of these alarms; high."""


def _oxygen(bed: Theatre, static_s: float) -> Iterator[Wanted]:
    """Yield what the oximeter must have brought about."""
    spo2, limit = bed.patient.spo2, _limit(bed, Measure.SPO2)
    if _telling(bed, Modality.PULSE_OXIMETRY) is None or spo2 is None:
        return
    if limit.ext_lo is not None and spo2 <= limit.ext_lo:
        yield ("spo2_low",), True
    elif limit.lo is not None and spo2 < limit.lo and static_s >= 5.0:
        yield ("spo2_low",), static_s >= 25.0 + LATER_S


def _rates(bed: Theatre, static_s: float) -> Iterator[Wanted]:
    """Yield what a slow, a fast or no heart must have brought about."""
    oximeter, ecg = _telling(bed, Modality.PULSE_OXIMETRY), _telling(bed, Modality.ECG)
    limit, rate = _limit(bed, Measure.PULSE_RATE), bed.patient.rate
    if rate is None and oximeter is not None and Measure.PULSE_RATE in bed.seen:
        if bed.cuff is None and static_s >= 15.0:
            yield ("no_pulse",), True
    elif rate is not None and (oximeter or ecg) is not None and static_s >= 10.0:
        if limit.lo is not None and rate < limit.lo:
            yield ("hr_low",), limit.ext_lo is not None and rate <= limit.ext_lo
        if limit.hi is not None and rate > limit.hi and bed.said.phase is Phase.DURING:
            yield ("hr_high",), limit.ext_hi is not None and rate >= limit.ext_hi


def _breath(bed: Theatre, static_s: float) -> Iterator[Wanted]:
    """Yield what no breath must have brought about, while a capnograph looks on."""
    said = bed.said
    if bed.patient.breathing or _telling(bed, Modality.CAPNOGRAPHY) is None:
        return
    proven = said.airway is None and Measure.RESPIRATORY_RATE in bed.seen
    guarded = said.airway not in (None, Airway.NONE)
    if static_s >= 20.0 + LATER_S and (guarded or proven):
        yield BREATH, guarded or said.emergency or static_s >= 40.0 + 2 * LATER_S


def _pressure(bed: Theatre, static_s: float) -> Iterator[Wanted]:
    """Yield what a reading that was just taken must have brought about."""
    told = [one.said.get(Measure.NIBP_SYSTOLIC) for one in bed.monitors.values()]
    fresh = [one for one in told if one is not None and one[2] == bed.touched]
    limit = _limit(bed, Measure.NIBP_SYSTOLIC).lo
    if len(fresh) == 1 and limit is not None and static_s == 0.0:
        ((value, _, _),) = fresh
        if value is not None and value < limit:
            yield ("nibp_low",), value < RULES.allowances.pressure.deep * limit


def _unwatched(bed: Theatre, static_s: float) -> Iterator[tuple[Modality, tuple[str, ...]]]:
    """Yield what is required, gives no number, and what may say so."""
    elapsed_s = bed.seconds - bed.begun
    came_s = elapsed_s if bed.said.came is None else bed.seconds - bed.said.came
    if static_s < SLOW_S or elapsed_s < GRACE_S + SLOW_S or came_s < ARRIVAL_S + SLOW_S:
        return
    required: dict[Modality, tuple[str, ...]] = {Modality.PULSE_OXIMETRY: ("no_pulse",)}
    required |= {Modality.CAPNOGRAPHY: BREATH} if bed.said.airway in DEVICES else {}
    for modality, others in required.items():
        monitor = _telling(bed, modality)
        if monitor is None or bed.patient.number(PROVES[modality]) is None:
            if modality is Modality.PULSE_OXIMETRY and bed.cuff is not None:
                continue
            yield modality, (*GONE[modality], *others)


def _telling(bed: Theatre, modality: Modality) -> Monitor | None:
    found = (one for one in bed.monitors.values() if one.modality is modality and one.telling)
    return next(found, None)


def _limit(bed: Theatre, measure: Measure) -> Range:
    return bed.limits().get(measure, Range())


def _breathes(bed: Theatre, began_s: float) -> bool:
    """Tell whether a breath has come since."""
    return any(bed.seconds - at < began_s for one in bed.monitors.values() for at in one.breaths)


def _handed_over(bed: Theatre) -> bool:
    """Tell whether the airway was removed, or the other of both has the event now."""
    return bed.said.airway is Airway.NONE or any(
        key.condition in BREATH and alarm.condition.alarming for key, alarm in bed.alarms.items()
    )
