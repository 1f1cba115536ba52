"""Amounts in one consultation: steroid over all codes and sites together, points, patches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitoring.findings import Finding, finding
from monitoring.steroids import SteroidRules
from monitoring.treatmentrules import TreatmentRules, of
from monitoring.treatments import Treatment, consultation


def dose_findings(
    rules: TreatmentRules, steroids: SteroidRules, past: Sequence[Treatment], new: Treatment
) -> Iterator[Finding]:
    """Yield what the rules of amounts say of a new treatment."""
    given = consultation(past, new)
    if new.steroid is not None:
        yield from _ceiling(rules, steroids, given)
    amount = sum(one.amount for one in given if one.code == new.code)
    for row in of(rules.amounts, new.code):
        if amount > row.most:
            yield finding(row, value=amount, limit=row.most)


def _ceiling(
    rules: TreatmentRules, steroids: SteroidRules, given: Sequence[Treatment]
) -> Iterator[Finding]:
    """Yield a finding where the day's steroid is too much, or cannot be added up."""
    total = steroids.total(tuple(one.steroid for one in given if one.steroid is not None))
    for row in of(rules.ceilings, given[-1].code):
        if total.mg is None:
            yield finding(rules.readings["no_equivalent"], limit=row.most_mg)
        elif total.mg > row.most_mg:
            yield finding(row, value=total.mg, limit=row.most_mg, approved=total.approved)
