"""Terms of a service: where on the body, beside what, with what, by whom, and how soon again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from monitoring.findings import Finding, finding
from monitoring.treatmentrules import Count, Spacing, TreatmentRules, of
from monitoring.treatments import Setting, Treatment, consultation, course, repeated
from vitals.months import months_after


def term_findings(
    rules: TreatmentRules, past: Sequence[Treatment], new: Treatment, setting: Setting
) -> Iterator[Finding]:
    """Yield what the terms of its service say of a new treatment."""
    yield from _place(rules, new)
    yield from _company(rules, {one.code for one in consultation(past, new)}, new)
    yield from _circumstances(rules, new, setting)
    yield from _course(rules, course(past, new))
    for row in of(rules.spacings, new.code):
        yield from _spacing(row, repeated(past, new))


def _place(rules: TreatmentRules, new: Treatment) -> Iterator[Finding]:
    """Yield a finding where a treatment is given elsewhere than its text says, or nowhere said."""
    for row in of(rules.places, new.code):
        if new.part not in row.parts or (row.sides and new.side not in row.sides):
            yield finding(row)


def _company(rules: TreatmentRules, codes: set[str], new: Treatment) -> Iterator[Finding]:
    for row in of(rules.companies, new.code):
        if not codes & set(row.needs):
            yield finding(row)
    for combination in of(rules.combinations, new.code):
        if codes & set(combination.unnamed):
            yield finding(combination)


def _circumstances(rules: TreatmentRules, new: Treatment, setting: Setting) -> Iterator[Finding]:
    begun = {one.code for one in setting.activations if one.since <= new.day}
    for row in of(rules.frameworks, new.code):
        if new.code not in begun:
            yield finding(row)
    for wanted in of(rules.equipment, new.code):
        if setting.ready is not None and not setting.ready.issuperset(wanted.needs):
            yield finding(wanted)


def _course(rules: TreatmentRules, given: Sequence[Treatment]) -> Iterator[Finding]:
    """Yield what the number in its course, and who gives it, say of the last treatment."""
    new = given[-1]
    for row in of(rules.counts, new.code):
        if len(given) > row.most and _concerned(row, given[:-1]):
            yield finding(row, value=len(given), limit=row.most)
    for alone in of(rules.specialists, new.code):
        reserved = (alone.first and len(given) == 1) or new.part in alone.parts
        if reserved and not new.by_specialist:
            yield finding(alone)


def _concerned(row: Count, before: Sequence[Treatment]) -> bool:
    """Tell whether a count is meant: always, or where each was judged and none had an effect."""
    return not row.without_effect or all(one.effect is False for one in before)


def _spacing(row: Spacing, given: Sequence[Treatment]) -> Iterator[Finding]:
    """Yield a finding where the last treatment follows too soon upon the one before."""
    if len(given) > 1 and given[-1].day < (due := _due(row, given[-2].day)):
        yield finding(row, earliest=due)


def _due(row: Spacing, day: date) -> date:
    return months_after(day, row.months) + timedelta(days=row.days)
