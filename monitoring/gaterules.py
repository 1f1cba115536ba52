"""Rows of the start check: what is made sure of before an anaesthetic, and how much each weighs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.detectors import PROVES
from monitoring.findings import Rule
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
from vitals.vocabulary import CaseState, Check, Modality, Weight

Codes = Annotated[tuple[Text, ...], Meta(min_length=1)]


class Point(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every row of the start check has."""

    label: Label


class Question(Point, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a person makes sure of before the anaesthetics named."""

    check: Check
    codes: Codes


class Physical(Point, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The highest ASA physical status; it is never assumed."""

    most: Annotated[int, Meta(ge=1, le=5)]
    codes: Codes


class Kit(Point, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole kit stands ready, for a mask anaesthetic too."""

    unknown: Weight
    """What it weighs where nobody can say whether it is ready."""
    codes: Codes


class Live(Point, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A required monitor is at work."""

    modality: Modality
    within_s: Seconds | None = None
    """A valid number not older than this. Absent: that the monitor speaks is enough."""
    unattached: Weight
    """What it weighs in a child that does not bear the probe before it sleeps."""


class Beside(Point, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Another patient of the same anaesthetist is in one of these states."""

    ask: Literal["recovery", "running"]
    states: Annotated[tuple[CaseState, ...], Meta(min_length=1)]


class Fasting(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For how long something has not been taken: shown beside the question, never reckoned."""

    id: Text
    label: Label
    minutes: Annotated[int, Meta(ge=1, le=1440)]
    proposal: bool
    approved_by: str
    source: Source


class GateRules(Struct, frozen=True, kw_only=True):
    """Every row of the start check."""

    valid_from: datetime.date
    questions: tuple[Question, ...]
    physical: Physical
    kit: Kit
    live: dict[Modality, Live]
    unlike: Point
    """For what the text of the code does not allow."""
    beside: tuple[Beside, ...]
    fasting: tuple[Fasting, ...]


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: datetime.date
    asa: Physical
    kit: Kit
    text: Point
    question: Any = None
    live: Any = None
    beside: Any = None
    fasting: Any = None


def gate_rules(text: str, file: str) -> GateRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    questions, faults = converted(tables, file, "question", Question)
    live, more = converted(tables, file, "live", Live)
    beside, worse = converted(tables, file, "beside", Beside)
    fasting, worst = converted(tables, file, "fasting", Fasting)
    errors += faults + more + worse + worst
    rows: list[Point] = [*questions, *live, *beside]
    errors += repeated([row.id for row in rows] + [row.id for row in fasting], file, "question")
    errors += [] if faults else _unasked(questions, file)
    errors += [] if more else _unwatched([row.modality for row in live], file)
    if errors or head is None:
        raise RowsError(errors)
    return GateRules(
        valid_from=head.valid_from,
        questions=tuple(questions),
        physical=head.asa,
        kit=head.kit,
        live={row.modality: row for row in live},
        unlike=head.text,
        beside=tuple(beside),
        fasting=tuple(fasting),
    )


def _unasked(rows: Sequence[Question], file: str) -> list[str]:
    """Return an error line for each question without a row, and each asked twice of one code."""
    asked = [f"{row.check} of {code}" for row in rows for code in row.codes]
    missing = [check for check in Check if check not in {row.check for row in rows}]
    return [
        *repeated(asked, file, "question"),
        *(f"{file}: [[question]] {check.value!r} is missing: add it" for check in missing),
    ]


def _unwatched(given: Sequence[Modality], file: str) -> list[str]:
    """Return an error line for each modality that a device can prove and that has not one row."""
    strange = [one.value for one in given if one not in PROVES]
    missing = [one.value for one in PROVES if one not in given]
    return [
        *repeated([one.value for one in given], file, "live"),
        *(f"{file}: [[live]] {one!r}: no device proves it: remove it" for one in strange),
        *(f"{file}: [[live]] {one!r} is missing: add it" for one in missing),
    ]
