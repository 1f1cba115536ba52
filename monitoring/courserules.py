"""How late, how early and how quiet: the rows of course.toml, times in s."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from vitals.rows import Source, whole

Hours = Annotated[float, Meta(gt=0, le=86400)]
"""A time of up to a day."""


class Late(Struct, frozen=True, forbid_unknown_fields=True):
    """Entered longer after it happened than this, an entry is flagged and wants a reason."""

    after_s: Hours
    source: Source


class Before(Struct, frozen=True, forbid_unknown_fields=True):
    """How long before its case was opened something that is entered may have happened."""

    most_s: Hours
    source: Source


class Quiet(Struct, frozen=True, forbid_unknown_fields=True):
    """How long nothing comes of an open case until somebody is asked about it."""

    after_s: Hours
    waiting_s: Hours
    """Of one that has not begun."""
    source: Source


class CourseRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Every row of course.toml."""

    schema: Literal[1]
    valid_from: datetime.date
    proposal: bool
    approved_by: str
    late: Late
    before: Before
    quiet: Quiet


def course_rules(text: str, file: str) -> CourseRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    return whole(text, file, CourseRules)
