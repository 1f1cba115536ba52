"""What a number that a person types can be: a slip of the keys is answered with the range.

No alarm limits: a number that frightens is taken.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.case import Case
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.rows import RowsError, Seconds, Source, Text, converted, parsed, repeated, single


class Bound(Struct, frozen=True, forbid_unknown_fields=True):
    """The lowest and the highest that these can be, in their own unit; both are possible."""

    id: Text
    measures: Annotated[tuple[Measure, ...], Meta(min_length=1)]
    lowest: float
    highest: float
    source: Source

    def __post_init__(self) -> None:
        """Refuse a range that holds nothing."""
        if not self.lowest < self.highest:
            raise ValueError(f"lowest: {self.lowest:g} is not below highest: {self.highest:g}")


class TypedRules(Struct, frozen=True):
    """Every row of typed.toml."""

    valid_from: datetime.date
    together_s: float
    """Pressures of one cuff that are typed so close together belong together."""
    bounds: Mapping[Measure, Bound]
    """Of every measure."""


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: datetime.date
    proposal: bool
    approved_by: str
    together_s: Seconds
    bound: Any = None


CUFF = (Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN, Measure.NIBP_SYSTOLIC)
"""The pressures of one measurement, each below the next."""
LINE = (Measure.ART_DIASTOLIC, Measure.ART_MEAN, Measure.ART_SYSTOLIC)
MEANS = frozenset({Measure.NIBP_MEAN, Measure.ART_MEAN})
"""Once rounded, a mean may be as high as either of the others."""
_PAIR = {
    "spo2": Measure.SPO2,
    "systolic": Measure.NIBP_SYSTOLIC,
    "diastolic": Measure.NIBP_DIASTOLIC,
}


class Impossible(Struct, frozen=True):
    """A number that cannot be; `detail` says it in one English line, with what can."""

    detail: str
    measure: Measure
    value: float
    lowest: float | None = None
    highest: float | None = None
    below: Measure | None = None
    """The pressure that it is not above, where its range holds it."""


def typed_rules(text: str, file: str) -> TypedRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    bounds, faults = converted(tables, file, "bound", Bound)
    errors += [*faults, *repeated([row.id for row in bounds], file, "bound")]
    errors += [] if faults else _unbounded(bounds, file)
    if errors or head is None:
        raise RowsError(errors)
    found = {measure: row for row in bounds for measure in row.measures}
    return TypedRules(head.valid_from, head.together_s, found)


def _unbounded(rows: Iterable[Bound], file: str) -> list[str]:
    """Return an error line for each measure that has not one row."""
    given = [measure.value for row in rows for measure in row.measures]
    missing = [measure.value for measure in Measure if measure.value not in given]
    return [
        *repeated(given, file, "bound"),
        *(f"{file}: [[bound]] {one!r} is missing: add it" for one in missing),
    ]


def impossible(rules: TypedRules, case: Case, deed: Said, at: Instant) -> Impossible | None:
    """Return why what is typed cannot be, with what can; None when it can, or nothing is typed."""
    match deed:
        case deeds.Measured(measure=measure, value=value):
            beside = _beside(rules, case, measure, at)
            return _outside(rules, measure, value) or _crossed({**beside, measure: value})
        case deeds.Pair():
            numbers = {measure: getattr(deed, name) for name, measure in _PAIR.items()}
            outside = (_outside(rules, *one) for one in numbers.items())
            return next(filter(None, outside), None) or _crossed(numbers)
        case _:
            return None


def _outside(rules: TypedRules, measure: Measure, value: float) -> Impossible | None:
    row = rules.bounds[measure]
    if row.lowest <= value <= row.highest:
        return None
    told = f"{measure} {value:g} {measure.form.written}".rstrip()
    detail = f"{told}: expected {row.lowest:g} to {row.highest:g}"
    return Impossible(detail, measure, value, row.lowest, row.highest)


def _beside(
    rules: TypedRules, case: Case, measure: Measure, at: Instant
) -> Mapping[Measure, float]:
    """Return the newest of the other pressures that were typed together with one."""
    family = next((one for one in (CUFF, LINE) if measure in one), ())
    return {
        entry.deed.measure: entry.deed.value
        for entry in case.told
        if isinstance(entry.deed, deeds.Measured)
        and entry.deed.measure in family
        and entry.deed.measure is not measure
        and abs(at.seconds_since(entry.at)) <= rules.together_s
    }


def _crossed(numbers: Mapping[Measure, float]) -> Impossible | None:
    """Return which of two pressures is not above the other as it must be; None where they are."""
    for low, high in _pairs(numbers):
        same = numbers[high] == numbers[low] and not MEANS.isdisjoint((low, high))
        if numbers[high] <= numbers[low] and not same:
            told = f"{high} {numbers[high]:g} is not above {low} {numbers[low]:g}"
            detail = f"{told}: mend it, or correct the other first"
            return Impossible(detail, high, numbers[high], below=low)
    return None


def _pairs(numbers: Mapping[Measure, float]) -> Iterator[tuple[Measure, Measure]]:
    for family in (CUFF, LINE):
        yield from combinations((measure for measure in family if measure in numbers), 2)
