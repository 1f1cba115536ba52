"""Competence: what a service asks of the person who gives it, and which courses are old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.findings import Finding, Rule, finding
from vitals.competence import Certificate, Competence
from vitals.months import months_after
from vitals.rows import RowsError, Text, converted, parsed, repeated, single

Step = Literal["course", "approved", "sent"]


class Demand(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A competence that a service asks for, and the dates that must stand on its certificate."""

    code: Text
    competence: Competence
    needs: Annotated[tuple[Step, ...], Meta(min_length=1)]

    def met(self, held: Certificate, day: date) -> bool:
        """Tell whether a certificate is what is asked for on a day."""
        if held.competence is not self.competence or _expired(held, day):
            return False
        dates = {"course": held.course_on, "approved": held.approved_on, "sent": held.sent_on}
        return all((at := dates[step]) is not None and at <= day for step in self.needs)


class Refresher(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A course that grows old after so many calendar months."""

    competence: Competence
    months: Annotated[int, Meta(ge=1, le=240)]


class CompetenceRules(Struct, frozen=True):
    """Every row about competence."""

    valid_from: date
    demands: tuple[Demand, ...]
    refreshers: tuple[Refresher, ...]


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    demand: Any = None
    refresher: Any = None


def competence_rules(text: str, file: str) -> CompetenceRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    demands, faults = converted(tables, file, "demand", Demand)
    refreshers, more = converted(tables, file, "refresher", Refresher)
    errors += faults + more
    errors += repeated([row.id for row in (*demands, *refreshers)], file, "demand")
    errors += repeated([f"{row.code} {row.competence}" for row in demands], file, "demand")
    errors += repeated([row.competence.value for row in refreshers], file, "refresher")
    if errors or head is None:
        raise RowsError(errors)
    return CompetenceRules(head.valid_from, tuple(demands), tuple(refreshers))


def service_findings(
    rules: CompetenceRules, held: Sequence[Certificate], code: str, day: date
) -> Iterator[Finding]:
    """Yield what is missing, on a day, of the competence that a service asks for."""
    for row in rules.demands:
        if row.code == code and not any(row.met(one, day) for one in held):
            yield finding(row)


def course_findings(
    rules: CompetenceRules, held: Sequence[Certificate], day: date
) -> Iterator[Finding]:
    """Yield each course that is old on a day, or whose date is not known."""
    for row in rules.refreshers:
        taken = [
            one.course_on
            for one in held
            if one.competence is row.competence and one.course_on is not None
        ]
        past = [at for at in taken if at <= day]
        if not past or day > months_after(max(past), row.months):
            yield finding(row, limit=row.months)


def _expired(held: Certificate, day: date) -> bool:
    return held.valid_to is not None and held.valid_to < day
