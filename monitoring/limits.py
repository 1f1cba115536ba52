"""Alarm limits by age band: rows in, the limits of one patient out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from monitoring.age import Age, age
from monitoring.latitude import Latitude, unlisted
from monitoring.once import Altering, Infant, Limit, Oxygenated, Percent, Usual, aged
from vitals.rows import (
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


class Range(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of one measure: alarm at value < lo or > hi; the outer ones are inclusive."""

    lo: float | None = None
    hi: float | None = None
    ext_lo: float | None = None
    ext_hi: float | None = None
    notice_lo: float | None = None
    """Below it something is shown, and it is no alarm."""

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
        aged("from", self.since)

    @property
    def begins(self) -> Age:
        """Return the age at which the band begins."""
        return age(self.since)


class Unknown(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits while the age is not known, as in an emergency."""

    id: Text
    label: Label
    hr: Rate
    sbp_lo: Limit
    map_lo: Limit
    spo2: Oxygen
    apnoea_s: Seconds
    source: Source


class Awake(Struct, frozen=True, forbid_unknown_fields=True):
    """What a band is held to in recovery in the place of its own limits."""

    band: Text
    sbp_lo: Limit
    rr_lo: Limit
    spo2: Oxygen
    source: Source


class Pressure(Struct, frozen=True, forbid_unknown_fields=True):
    """Low limits of blood pressure for one year of age, in mmHg."""

    age: Annotated[int, Meta(ge=1, le=120)]
    sbp_lo: Limit
    map_lo: Limit
    recovery_sbp_lo: Limit
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
    awakes: tuple[Awake, ...]
    infant: Infant
    usual: Usual
    oxygen: Oxygenated
    altering: Altering
    latitudes: tuple[Latitude, ...]
    approved_on: str = ""

    def awake(self, band: Band) -> Awake:
        """Return what a band is held to in recovery."""
        return next(row for row in self.awakes if row.band == band.id)

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
    infant: Infant
    usual: Usual
    oxygen: Oxygenated
    altering: Altering
    approved_hash: str = ""
    band: Any = None
    recovery: Any = None
    pressure: Any = None
    settable: Any = None


def limit_set(text: str, file: str) -> LimitSet:
    """Return the profile of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    bands, faults = converted(tables, file, "band", Band)
    pressures, more = converted(tables, file, "pressure", Pressure)
    awakes, others = converted(tables, file, "recovery", Awake)
    latitudes, faulty = converted(tables, file, "settable", Latitude)
    errors += faults + more + others + repeated([band.id for band in bands], file, "band")
    errors += faulty + repeated([row.measure.value for row in latitudes], file, "settable")
    errors += [] if faulty else _unsaid(latitudes, file)
    errors += repeated([row.band for row in awakes], file, "recovery")
    errors += repeated([f"age {row.age}" for row in pressures], file, "pressure")
    errors += [] if faults else _order(bands, file)
    errors += [] if faults or others else _unpaired(bands, awakes, file)
    if head is not None:
        errors += [f"{file}: {line}" for line in below((*bands, *awakes), head.spo2_floor)]
        errors += [f"{file}: {line}" for line in _drowned(awakes, head.oxygen)]
        errors += [f"{file}: {line}" for line in _submerged(head.oxygen, head.spo2_floor)]
    if errors or head is None:
        raise RowsError(errors)
    return LimitSet(
        profile=head.profile,
        approved_by=head.approved_by,
        approved_on=head.approved_on,
        spo2_floor=head.spo2_floor,
        bands=tuple(bands),
        pressures=tuple(pressures),
        unknown=head.unknown,
        awakes=tuple(awakes),
        infant=head.infant,
        usual=head.usual,
        oxygen=head.oxygen,
        altering=head.altering,
        latitudes=tuple(latitudes),
    )


def sunken(theirs: LimitSet, ours: LimitSet) -> Iterator[str]:
    """Yield a line for each SpO2 limit of `theirs` that is below the floor of `ours`."""
    if theirs.spo2_floor < ours.spo2_floor:
        yield (
            f"spo2_floor: is {theirs.spo2_floor:g}, and {ours.spo2_floor:g} in what ships, which"
            " no clinic may go below: write that, or more"
        )
    floor = max(theirs.spo2_floor, ours.spo2_floor)
    yield from below((*theirs.bands, *theirs.awakes), floor)
    yield from _submerged(theirs.oxygen, floor)


def below(rows: Iterable[Band | Awake], floor: float) -> Iterator[str]:
    """Yield a line for each row whose SpO2 limit is below the floor."""
    for row in rows:
        if row.spo2.lo < floor:
            name = f"[[band]] {row.id}" if isinstance(row, Band) else f"[[recovery]] {row.band}"
            yield f"{name}: spo2.lo: {row.spo2.lo:g} is below the floor of {floor:g}: raise it"


def _submerged(oxygen: Oxygenated, floor: float) -> Iterator[str]:
    if oxygen.spo2_lo < floor:
        yield f"oxygen: spo2_lo: {oxygen.spo2_lo:g} is below the floor of {floor:g}: raise it"


def _drowned(awakes: Iterable[Awake], oxygen: Oxygenated) -> Iterator[str]:
    """Yield a line for each row whose desaturation limit leaves no room for that with oxygen."""
    for row in awakes:
        if oxygen.spo2_lo <= row.spo2.desat:
            least = f"spo2.desat of [[recovery]] {row.band}, {row.spo2.desat:g}"
            yield f"oxygen: spo2_lo: {oxygen.spo2_lo:g} is not above {least}: raise it"


def _unsaid(rows: Iterable[Latitude], file: str) -> list[str]:
    return [f"{file}: [[settable]] {one!r} is missing: add it" for one in unlisted(rows)]


def _order(bands: Sequence[Band], file: str) -> list[str]:
    begins = [band.begins for band in bands]
    if begins[0] == age("0d") and begins == sorted(set(begins)):
        return []
    return [f"{file}: [[band]]: from: the first is 0d and each is above the last: mend the order"]


def _unpaired(bands: Sequence[Band], awakes: Sequence[Awake], file: str) -> list[str]:
    """Return an error line for each band without a row for recovery, and each row without one."""
    known, given = [band.id for band in bands], [row.band for row in awakes]
    missing = [
        f"{file}: [[recovery]] {one!r} is missing: add it" for one in known if one not in given
    ]
    strange = [
        f"{file}: [[recovery]] {one!r} is no band: remove it" for one in given if one not in known
    ]
    return [*missing, *strange]
