"""Fees: how often one is paid and beside what; never a limit on what may be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitoring.findings import Finding, finding
from monitoring.treatmentrules import Fee, TreatmentRules, of
from monitoring.treatments import Treatment, consultation, course


def fee_findings(
    rules: TreatmentRules, past: Sequence[Treatment], new: Treatment
) -> Iterator[Finding]:
    """Yield what the rules of fees say of a new treatment."""
    given = consultation(past, new)
    if new.fee:
        for row in of(rules.fees, new.code):
            yield from _times(row, course(past, new) if row.per == "course" else given)
    paid = {one.code for one in given if one.fee}
    for barred in rules.exclusions:
        concerned = new.code == barred.code or new.code in barred.without
        if concerned and barred.code in {one.code for one in given} and paid & set(barred.without):
            yield finding(barred)


def _times(row: Fee, given: Sequence[Treatment]) -> Iterator[Finding]:
    """Yield a finding where a fee is asked for too often, or twice for one place."""
    asked = [one for one in given if one.fee and one.code == row.code]
    crowded = row.other_place and asked[-1].place in {one.place for one in asked[:-1]}
    if len(asked) > row.most or crowded:
        yield finding(row, value=len(asked), limit=row.most)
