"""Alarm limits by age band: rows in, the limits of one patient out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct, field

from monitoring.age import Age, AgeError, age
from monitoring.rows import Label, RowsError, Source, converted, parsed, repeated
from vitals.measure import Measure


class Range(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of one measure: alarm at value < lo or > hi; the outer ones are inclusive."""

    lo: float | None = None
    hi: float | None = None
    ext_lo: float | None = None
    ext_hi: float | None = None

    def __post_init__(self) -> None:
        """Refuse limits that do not stand in order: ext_lo < lo < hi < ext_hi."""
        given = [v for v in (self.ext_lo, self.lo, self.hi, self.ext_hi) if v is not None]
        if given != sorted(set(given)):
            raise ValueError("ext_lo < lo < hi < ext_hi does not hold")


class Oxygen(Struct, frozen=True, forbid_unknown_fields=True):
    """SpO2: below `lo` after a delay, at or below `desat` at once."""

    lo: float
    desat: float

    def __post_init__(self) -> None:
        """Refuse a desaturation limit that is not below the low limit."""
        if not self.desat < self.lo:
            raise ValueError("desat < lo does not hold")


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits from one age up to the next band; units as in the file's head."""

    id: str
    since: str = field(name="from")
    label: Label
    hr: Range
    sbp: Range
    map: Range
    rr: Range
    spo2: Oxygen
    etco2_spont: Range
    etco2_vent: Range
    fico2_hi: float
    apnoea_s: float
    source: Source

    @property
    def begins(self) -> Age:
        """Return the age at which the band begins."""
        return age(self.since)


class Pressure(Struct, frozen=True, forbid_unknown_fields=True):
    """Low limits of blood pressure for one year of age, in mmHg."""

    age: int
    sbp_lo: float
    map_lo: float
    source: Source


class LimitSet(Struct, frozen=True):
    """All bands of one profile, in order of age."""

    profile: str
    approved_by: str
    bands: tuple[Band, ...]
    pressures: tuple[Pressure, ...]

    def band(self, patient: Age) -> Band:
        """Return the band that the age falls in."""
        return [band for band in self.bands if band.begins <= patient][-1]


class _Head(Struct, frozen=True):
    profile: str
    approved_by: str
    spo2_floor: float
    schema: int


def limit_set(text: str, file: str) -> LimitSet:
    """Return the profile of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    bands, errors = converted(tables, file, "band", Band)
    pressures, more = converted(tables, file, "pressure", Pressure)
    errors += more + repeated([band.id for band in bands], file, "band")
    try:
        head = msgspec.convert(tables, _Head)
        errors += [] if errors else _order(bands, head, file)
    except msgspec.ValidationError as error:
        raise RowsError([*errors, f"{file}: {error}"]) from error
    if errors:
        raise RowsError(errors)
    return LimitSet(head.profile, head.approved_by, tuple(bands), tuple(pressures))


def in_force(band: Band) -> dict[Measure, Range]:
    """Return the limits of the measures that alarm, as they are recorded with a case."""
    return {
        Measure.SPO2: Range(lo=band.spo2.lo, ext_lo=band.spo2.desat),
        Measure.PULSE_RATE: band.hr,
    }


def _order(bands: Sequence[Band], head: _Head, file: str) -> list[str]:
    errors = []
    try:
        begins = [band.begins for band in bands]
        if begins[0] != age("0d") or begins != sorted(set(begins)):
            errors.append(f"{file}: bands begin at 0d and follow each other by age: mend `from`")
    except AgeError as error:
        errors.append(f"{file}: {error}")
    errors += [
        f"{file}: band {band.id}: spo2.lo {band.spo2.lo} is below {head.spo2_floor}: raise it"
        for band in bands
        if band.spo2.lo < head.spo2_floor
    ]
    return errors
