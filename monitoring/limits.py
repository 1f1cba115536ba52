"""Alarm limits by age band: rows in, the limits of one patient out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from monitoring.age import Age, AgeError, age
from monitoring.rows import (
    Label,
    RowsError,
    Seconds,
    Source,
    Text,
    converted,
    parsed,
    repeated,
    single,
)
from vitals.measure import Measure

Limit = Annotated[float, Meta(gt=0, le=500)]
"""Bounded, because a limit of `nan` or `inf` never alarms."""
Percent = Annotated[float, Meta(gt=0, le=100)]


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


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of a measure whose row must give both."""

    lo: Limit
    hi: Limit

    def __post_init__(self) -> None:
        """Refuse limits that do not stand in order."""
        if not self.lo < self.hi:
            raise ValueError("lo < hi does not hold")


class Rate(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of the heart rate, where a row must give all four."""

    ext_lo: Limit
    lo: Limit
    hi: Limit
    ext_hi: Limit

    def __post_init__(self) -> None:
        """Refuse limits that do not stand in order."""
        if not self.ext_lo < self.lo < self.hi < self.ext_hi:
            raise ValueError("ext_lo < lo < hi < ext_hi does not hold")


class Oxygen(Struct, frozen=True, forbid_unknown_fields=True):
    """SpO2: below `lo` after a delay, at or below `desat` at once."""

    lo: Percent
    desat: Percent

    def __post_init__(self) -> None:
        """Refuse a desaturation limit that is not below the low limit."""
        if not self.desat < self.lo:
            raise ValueError("desat < lo does not hold")


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits from one age up to the next band; units as in the file's head."""

    id: Text
    since: str = field(name="from")
    label: Label
    hr: Rate
    sbp: Span
    map: Span
    rr: Span
    spo2: Oxygen
    etco2_spont: Span
    etco2_vent: Span
    fico2_hi: Limit
    apnoea_s: Seconds
    source: Source

    def __post_init__(self) -> None:
        """Refuse a beginning that is no age."""
        try:
            age(self.since)
        except AgeError as error:
            raise ValueError(f"from: {error}") from error

    @property
    def begins(self) -> Age:
        """Return the age at which the band begins."""
        return age(self.since)


class Unknown(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits while the age is not known, as in an emergency."""

    id: Text
    label: Label
    hr: Span
    spo2: Oxygen
    apnoea_s: Seconds
    source: Source

    @property
    def in_force(self) -> dict[Measure, Range]:
        """Return the limits of the measures that alarm."""
        return {
            Measure.SPO2: Range(lo=self.spo2.lo, ext_lo=self.spo2.desat),
            Measure.PULSE_RATE: Range(self.hr.lo, self.hr.hi),
        }


class Pressure(Struct, frozen=True, forbid_unknown_fields=True):
    """Low limits of blood pressure for one year of age, in mmHg."""

    age: Annotated[int, Meta(ge=1, le=120)]
    sbp_lo: Limit
    map_lo: Limit
    source: Source


class LimitSet(Struct, frozen=True):
    """All bands of one profile, in order of age."""

    profile: str
    approved_by: str
    spo2_floor: float
    """%; no `spo2.lo` is below it, and what ships bounds a clinic's file too."""
    bands: tuple[Band, ...]
    pressures: tuple[Pressure, ...]
    unknown: Unknown

    def band(self, patient: Age) -> Band:
        """Return the band that the age falls in."""
        return [band for band in self.bands if band.begins <= patient][-1]


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    profile: Text
    proposal: bool
    approved_by: str
    approved_on: str
    spo2_floor: Percent
    unknown: Unknown
    band: Any = None
    pressure: Any = None


def limit_set(text: str, file: str) -> LimitSet:
    """Return the profile of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    bands, faults = converted(tables, file, "band", Band)
    pressures, more = converted(tables, file, "pressure", Pressure)
    errors += faults + more + repeated([band.id for band in bands], file, "band")
    errors += repeated([f"age {row.age}" for row in pressures], file, "pressure")
    errors += [] if faults else _order(bands, file)
    if head is not None:
        errors += [f"{file}: {line}" for line in below(bands, head.spo2_floor)]
    if errors or head is None:
        raise RowsError(errors)
    floor = head.spo2_floor
    return LimitSet(
        head.profile, head.approved_by, floor, tuple(bands), tuple(pressures), head.unknown
    )


def sunken(theirs: LimitSet, ours: LimitSet) -> Iterator[str]:
    """Yield a line for each SpO2 limit of `theirs` that is below the floor of `ours`."""
    if theirs.spo2_floor < ours.spo2_floor:
        yield (
            f"spo2_floor: is {theirs.spo2_floor:g}, and {ours.spo2_floor:g} in what ships, which"
            " no clinic may go below: write that, or more"
        )
    yield from below(theirs.bands, max(theirs.spo2_floor, ours.spo2_floor))


def below(bands: Iterable[Band], floor: float) -> Iterator[str]:
    """Yield a line for each band whose SpO2 limit is below the floor."""
    for band in bands:
        if band.spo2.lo < floor:
            where = f"[[band]] {band.id}: spo2.lo"
            yield f"{where}: {band.spo2.lo:g} is below the floor of {floor:g}: raise it"


def in_force(band: Band) -> dict[Measure, Range]:
    """Return the limits of the measures that alarm, as they are recorded with a case."""
    rate = band.hr
    return {
        Measure.SPO2: Range(lo=band.spo2.lo, ext_lo=band.spo2.desat),
        Measure.PULSE_RATE: Range(rate.lo, rate.hi, rate.ext_lo, rate.ext_hi),
    }


def _order(bands: Sequence[Band], file: str) -> list[str]:
    begins = [band.begins for band in bands]
    if begins[0] == age("0d") and begins == sorted(set(begins)):
        return []
    return [f"{file}: [[band]]: from: the first is 0d and each is above the last: mend the order"]
