"""Rows about treatments of pain and blocks: what the service descriptions limit, code by code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, get_args

from msgspec import Meta, Struct

from monitoring.findings import Rule
from monitoring.treatments import Apparatus
from vitals.rows import RowsError, Text, converted, parsed, repeated, single
from vitals.vocabulary import Part, Side

Few = Annotated[int, Meta(ge=1, le=1000)]
Codes = Annotated[tuple[Text, ...], Meta(min_length=1)]
Open = Literal["long_gap", "local_counts", "mixed_gap", "history_unknown", "no_equivalent"]
"""Where the texts leave something open and the product has to read them somehow."""


class CodeRule(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row about one service."""

    code: Text


Coded = TypeVar("Coded", bound=CodeRule)


class Ceiling(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The most steroid in one consultation, in mg of methylprednisolone acetate."""

    most_mg: Annotated[float, Meta(gt=0, le=1000)]


class Series(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many treatments a series may have; `steroid`: only those with steroid are limited."""

    counts: Literal["all", "steroid"]
    most: Few
    diagnostic_first: bool
    """A purely diagnostic first block comes before the series."""


class Interval(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Days between two treatments of a series; both bounds are allowed."""

    least_days: Few
    most_days: Few
    when: Literal["always", "steroid"]


class Renewal(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Calendar months from the last steroid to the next series."""

    months: Few


class Repeats(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many treatments there may be in all in one series."""

    most: Few


class Spacing(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The least time from one treatment to the next at the same site."""

    days: Annotated[int, Meta(ge=0, le=1000)] = 0
    months: Annotated[int, Meta(ge=0, le=120)] = 0
    printed: str = ""
    """What the text prints, where days and months say it only in part."""


class Count(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many treatments a course may have."""

    most: Few
    without_effect: bool
    """Counts only where none of them had an effect."""


class Amount(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The most points or patches in one consultation."""

    most: Few
    of: Literal["points", "patches"]


class Place(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where on the body a treatment may be given."""

    parts: Annotated[tuple[Part, ...], Meta(min_length=1)]
    sides: tuple[Side, ...] = ()
    """Empty: any."""


class Fee(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How often a fee is paid; says nothing of what may be done."""

    most: Few
    per: Literal["consultation", "day", "course"]
    other_place: bool = False
    """Each at an anatomical site of its own."""


class Company(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Services of which one must be given on the same day."""

    needs: Codes


class Exclusion(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Services that give no fee beside this one."""

    without: Codes


class Combination(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Treatments that the text does not name among those beside which this one may be given."""

    unnamed: Codes


class Framework(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A service that exists only where the region has activated it."""


class Equipment(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What must stand ready."""

    needs: Annotated[tuple[Apparatus, ...], Meta(min_length=1)]


class Specialist(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the specialist does and nobody else."""

    first: bool = False
    """The first treatment of a course."""
    parts: tuple[Part, ...] = ()


class Reading(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the product reads a place that the texts leave open."""

    of: Open


class TreatmentRules(Struct, frozen=True, kw_only=True):
    """Every row about treatments."""

    valid_from: date
    ceilings: tuple[Ceiling, ...]
    series: tuple[Series, ...]
    intervals: tuple[Interval, ...]
    renewals: tuple[Renewal, ...]
    repeats: tuple[Repeats, ...]
    spacings: tuple[Spacing, ...]
    counts: tuple[Count, ...]
    amounts: tuple[Amount, ...]
    places: tuple[Place, ...]
    fees: tuple[Fee, ...]
    companies: tuple[Company, ...]
    exclusions: tuple[Exclusion, ...]
    combinations: tuple[Combination, ...]
    frameworks: tuple[Framework, ...]
    equipment: tuple[Equipment, ...]
    specialists: tuple[Specialist, ...]
    readings: dict[Open, Reading]


def of(rows: Iterable[Coded], code: str) -> tuple[Coded, ...]:
    """Return the rows about a service."""
    return tuple(row for row in rows if row.code == code)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    ceiling: Any = None
    series: Any = None
    interval: Any = None
    renewal: Any = None
    repeats: Any = None
    spacing: Any = None
    count: Any = None
    amount: Any = None
    place: Any = None
    fee: Any = None
    company: Any = None
    exclusion: Any = None
    combination: Any = None
    framework: Any = None
    equipment: Any = None
    specialist: Any = None
    reading: Any = None


def treatment_rules(text: str, file: str) -> TreatmentRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    found = _Tables(tables, file, errors)
    rows = found.rows
    series = rows("series", Series)
    intervals, renewals = rows("interval", Interval), rows("renewal", Renewal)
    rules = TreatmentRules(
        valid_from=date.min if head is None else head.valid_from,
        ceilings=rows("ceiling", Ceiling),
        series=series,
        intervals=intervals,
        renewals=renewals,
        repeats=rows("repeats", Repeats),
        spacings=rows("spacing", Spacing),
        counts=rows("count", Count),
        amounts=rows("amount", Amount),
        places=rows("place", Place),
        fees=rows("fee", Fee),
        companies=rows("company", Company),
        exclusions=rows("exclusion", Exclusion),
        combinations=rows("combination", Combination),
        frameworks=rows("framework", Framework),
        equipment=rows("equipment", Equipment),
        specialists=rows("specialist", Specialist),
        readings={row.of: row for row in rows("reading", Reading)},
    )
    if not errors:
        errors += [*found.twice(), *_unmatched(rules, file)]
    if errors:
        raise RowsError(errors)
    return rules


class _Tables:
    """Converts table by table and keeps the ids and every fault."""

    def __init__(self, tables: dict[str, Any], file: str, errors: list[str]) -> None:
        self._tables = tables
        self._file = file
        self._errors = errors
        self._ids: list[tuple[str, str]] = []

    def rows(self, name: str, kind: type[_Ruled]) -> tuple[_Ruled, ...]:
        """Return every row of a name that fits."""
        found, faults = converted(self._tables, self._file, name, kind)
        self._errors += faults
        self._ids += [(row.id, name) for row in found]
        return tuple(found)

    def twice(self) -> list[str]:
        """Return a line for each id that stands twice, in whichever tables."""
        names = dict(self._ids)
        ids = [row_id for row_id, _ in self._ids]
        return [
            line
            for one in names
            for line in repeated([one] * ids.count(one), self._file, names[one])
        ]


_Ruled = TypeVar("_Ruled", bound=Rule)


def _unmatched(rules: TreatmentRules, file: str) -> list[str]:
    """Return a line for each part of a series, and each open place, that has not its one row."""
    wanted = sorted({row.code for row in rules.series})
    kinds: dict[str, Sequence[CodeRule]] = {
        "series": rules.series,
        "interval": rules.intervals,
        "renewal": rules.renewals,
    }
    return [
        *(
            f"{file}: [[{name}]]: a series has one row each of series, interval and renewal: "
            f"codes here {', '.join(row.code for row in rows)}; of series {', '.join(wanted)}"
            for name, rows in kinds.items()
            if sorted(row.code for row in rows) != wanted
        ),
        *(
            f"{file}: [[reading]] of {one!r} is missing: add it"
            for one in get_args(Open)
            if one not in rules.readings
        ),
    ]
