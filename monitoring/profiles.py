"""Everything that one case is held to: chosen by age on the day, and what of it is in force now."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field, structs

from monitoring.age import Age, age
from monitoring.limits import Band, LimitSet, Range, Span
from vitals.measure import Measure
from vitals.vocabulary import Phase, Ventilation

Limits = dict[Measure, Range]
RATES = (Measure.PULSE_RATE, Measure.HEART_RATE)


class Profiles(Struct, frozen=True):
    """What a case is held to besides its limits under anaesthesia while the patient breathes."""

    controlled: Limits = field(default_factory=dict)
    """In their place while somebody else breathes for the patient."""
    recovery: Limits = field(default_factory=dict)
    """In their place in recovery; empty where a case was opened before there were any."""
    apnoea_s: float | None = None
    """So long without a breath is an apnoea; None where it was opened before that was known."""
    unusual: bool = False
    """Younger than the patients whom the practice usually has."""
    oxygen_lo: float | None = None
    """%; SpO2 in recovery while oxygen is given. None where it was opened before there was any."""


class Chosen(Struct, frozen=True):
    """All limits of a case, as they are recorded with it."""

    limits: Limits
    """Under anaesthesia, while the patient breathes."""
    profiles: Profiles


def by_age(rules: LimitSet, patient: Age) -> Chosen:
    """Return the limits at an age: of its band, and of its year where there is a row."""
    chosen = by_band(rules, rules.band(patient))
    row = next((row for row in rules.pressures if row.age == patient.years), None)
    limits, recovery = chosen.limits, chosen.profiles.recovery
    if row is not None:
        limits = _lowered(limits, row.sbp_lo, row.map_lo)
        recovery = _lowered(recovery, row.recovery_sbp_lo, row.map_lo)
    if patient < rules.infant.age:
        limits, recovery = (_noticed(one, rules.infant.hr_lo) for one in (limits, recovery))
    profiles = structs.replace(
        chosen.profiles, recovery=recovery, unusual=patient < rules.usual.age
    )
    return Chosen(limits, profiles)


def still(rules: LimitSet, band: Band, chosen: Chosen | None) -> Chosen:
    """Return what was chosen for a patient of a band while these rules would choose it too.

    Those of the band alone where the rules have changed since, or nothing was kept.
    """
    years = [age(f"{row.age}y") for row in rules.pressures]
    begins = [*(one.begins for one in rules.bands), *years, rules.infant.age, rules.usual.age]
    possible = [by_age(rules, one) for one in begins if rules.band(one).id == band.id]
    return chosen if chosen is not None and chosen in possible else by_band(rules, band)


def by_band(rules: LimitSet, band: Band) -> Chosen:
    """Return the limits of a band where nothing more is known of the age."""
    rate, awake = band.hr, rules.awake(band)
    limits = {
        Measure.SPO2: Range(lo=band.spo2.lo, ext_lo=band.spo2.desat),
        **dict.fromkeys(RATES, Range(rate.lo, rate.hi, rate.ext_lo, rate.ext_hi)),
        Measure.NIBP_SYSTOLIC: _range(band.sbp),
        Measure.NIBP_MEAN: Range(lo=band.map.lo),
        Measure.ETCO2: _range(band.etco2_spont),
        Measure.FICO2: Range(hi=band.fico2_hi),
    }
    recovery = {
        Measure.SPO2: Range(lo=awake.spo2.lo, ext_lo=awake.spo2.desat),
        **dict.fromkeys(RATES, Range(rate.lo, rate.hi, rate.ext_lo)),
        Measure.NIBP_SYSTOLIC: Range(lo=awake.sbp_lo, hi=band.sbp.hi),
        Measure.NIBP_MEAN: Range(lo=band.map.lo),
        Measure.RESPIRATORY_RATE: Range(lo=awake.rr_lo),
    }
    controlled = {Measure.ETCO2: _range(band.etco2_vent)}
    profiles = Profiles(controlled, recovery, band.apnoea_s, oxygen_lo=rules.oxygen.spo2_lo)
    return Chosen(limits, profiles)


def unknown(rules: LimitSet) -> Chosen:
    """Return the limits while nobody has said how old the patient is.

    In recovery the same, but for the outer upper limit of the heart rate.
    """
    row, rate = rules.unknown, rules.unknown.hr
    limits = {
        Measure.SPO2: Range(lo=row.spo2.lo, ext_lo=row.spo2.desat),
        **dict.fromkeys(RATES, Range(rate.lo, rate.hi, rate.ext_lo, rate.ext_hi)),
        Measure.NIBP_SYSTOLIC: Range(lo=row.sbp_lo),
        Measure.NIBP_MEAN: Range(lo=row.map_lo),
    }
    recovery = {**limits, **dict.fromkeys(RATES, Range(rate.lo, rate.hi, rate.ext_lo))}
    return Chosen(limits, Profiles({}, recovery, row.apnoea_s))


def in_force(
    limits: Mapping[Measure, Range],
    profiles: Profiles,
    phase: Phase,
    ventilation: Ventilation | None,
) -> Limits:
    """Return what a case is held to just now; who breathes is the patient until it is said."""
    if phase is Phase.RECOVERY and profiles.recovery:
        return dict(profiles.recovery)
    if ventilation is Ventilation.CONTROLLED:
        return {**limits, **profiles.controlled}
    return dict(limits)


def _range(span: Span) -> Range:
    return Range(lo=span.lo, hi=span.hi)


def _lowered(limits: Limits, systolic: float, mean: float) -> Limits:
    """Return the limits with the lower ones of blood pressure for one year of age."""
    lows = {Measure.NIBP_SYSTOLIC: systolic, Measure.NIBP_MEAN: mean}
    return {**limits, **{name: structs.replace(limits[name], lo=lo) for name, lo in lows.items()}}


def _noticed(limits: Limits, least: float) -> Limits:
    """Return the limits with the rate below which an infant's heart is worth knowing of."""
    return {**limits, **{name: structs.replace(limits[name], notice_lo=least) for name in RATES}}
