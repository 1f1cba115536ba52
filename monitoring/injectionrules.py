"""Rows about an injection as it is given: readings around it, guidance, and what nobody could say.

What a treatment may be (dose, series, place) stands in the rows of treatments; this is what its
course adds.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta, Struct

from monitoring.findings import Rule
from monitoring.treatmentrules import CodeRule
from vitals.measure import Measure
from vitals.rows import RowsError, Seconds, converted, parsed, repeated, single

Few = Annotated[int, Meta(ge=1, le=100)]
Unsaid = Literal["key", "equipment", "competence"]
"""What may not be known when an injection is given."""


class Pairs(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many pairs of SpO2 and blood pressure: before the first injection, or after the last."""

    when: Literal["before", "after"]
    least: Few


class Pace(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pair in each of so many stretches of `every_s` seconds after the last injection."""

    least: Few
    every_s: Seconds


class During(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A measure that has a number at least once."""

    measure: Measure


class Guided(CodeRule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Guided by ultrasound."""


class Unknown(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What it weighs that something is not known."""

    of: Unsaid


class InjectionRules(Struct, frozen=True, kw_only=True):
    """Every row about injections."""

    valid_from: date
    pairs: tuple[Pairs, ...]
    paces: tuple[Pace, ...]
    during: tuple[During, ...]
    guided: tuple[Guided, ...]
    unknown: dict[Unsaid, Unknown]


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    pairs: Any = None
    pace: Any = None
    during: Any = None
    guided: Any = None
    unknown: Any = None


def injection_rules(text: str, file: str) -> InjectionRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    pairs, faults = converted(tables, file, "pairs", Pairs)
    paces, more = converted(tables, file, "pace", Pace)
    during, worse = converted(tables, file, "during", During)
    guided, bad = converted(tables, file, "guided", Guided)
    unknown, worst = converted(tables, file, "unknown", Unknown)
    errors += faults + more + worse + bad + worst
    rows: list[Rule] = [*pairs, *paces, *during, *guided, *unknown]
    errors += repeated([row.id for row in rows], file, "pairs")
    said = [row.of for row in unknown]
    errors += repeated(said, file, "unknown")
    if not worst:
        missing = [one for one in get_args(Unsaid) if one not in said]
        errors += [f"{file}: [[unknown]] of {one!r} is missing: add it" for one in missing]
    if errors or head is None:
        raise RowsError(errors)
    return InjectionRules(
        valid_from=head.valid_from,
        pairs=tuple(pairs),
        paces=tuple(paces),
        during=tuple(during),
        guided=tuple(guided),
        unknown={row.of: row for row in unknown},
    )
