"""Rows of papers.toml: what people and the practice are to have on paper, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from checklists.plan import Theme
from vitals.competence import Competence
from vitals.practice import Country
from vitals.role import Role
from vitals.rows import Grounds, Label, RowsError, Text, converted, parsed, repeated, single

Step = Literal["course", "approved", "sent"]
Days = Annotated[int, Meta(ge=1, le=365)]
Months = Annotated[int, Meta(ge=1, le=240)]
Roles = Annotated[tuple[Role, ...], Meta(min_length=1)]


class Paper(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every row has."""

    id: Text
    label: Label
    weight: Literal["hold", "notice"]
    notice_days: Days
    """So many days before its last one it is told of."""
    country: Country | None = None
    """Where it is asked for; absent: everywhere."""


class Training(Paper, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A certificate, and the dates that must stand on it."""

    competence: Competence
    needs: Annotated[tuple[Step, ...], Meta(min_length=1)]
    roles: tuple[Role, ...] = ()
    """Who is to have it; absent: it is looked at where somebody has one."""


class Insurance(Paper, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is to be insured: whoever has one of the roles, or is trained in one of these."""

    roles: Roles
    competences: tuple[Competence, ...] = ()
    asked: bool = True
    """False: nobody is to have it; what is on file is told of before it ends."""


class Written(Paper, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A plan: of each person with one of the roles, or one for all of them together."""

    about: Theme
    roles: Roles
    months: Months
    """How long one holds that has no end of its own."""


class PaperRules(Struct, frozen=True, kw_only=True):
    """Every row of papers.toml."""

    valid_from: date
    training: tuple[Training, ...]
    insurance: tuple[Insurance, ...]
    plans: tuple[Written, ...]


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    certificate: Any = None
    insurance: Any = None
    plan: Any = None


def paper_rules(text: str, file: str) -> PaperRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    training, faults = converted(tables, file, "certificate", Training)
    insurance, more = converted(tables, file, "insurance", Insurance)
    plans, worse = converted(tables, file, "plan", Written)
    errors += faults + more + worse
    rows: list[Paper] = [*training, *insurance, *plans]
    errors += repeated([row.id for row in rows], file, "certificate")
    errors += repeated([row.competence.value for row in training], file, "certificate")
    errors += [] if worse else _unwritten([row.about for row in plans], file)
    if errors or head is None:
        raise RowsError(errors)
    return PaperRules(
        valid_from=head.valid_from,
        training=tuple(training),
        insurance=tuple(insurance),
        plans=tuple(plans),
    )


def _unwritten(given: Sequence[Theme], file: str) -> list[str]:
    """Return an error line for each kind of plan that has not one row."""
    missing = [one.value for one in Theme if one not in given]
    return [
        *repeated([one.value for one in given], file, "plan"),
        *(f"{file}: [[plan]] {one!r} is missing: add it" for one in missing),
    ]
