"""What people and the practice have on paper, as findings of a day.

Who has left the practice is asked for nothing. Training: Modernisering af anæstesiologisk
speciallægepraksis (FAPS, RLTN), chapters 4, 5 and 8; insurance: Veiledning vedr. samarbeid mellom
lege og fysioterapeut om ultralydveiledet injeksjonsbehandling (PFF).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from checklists.paperrules import Insurance, Paper, PaperRules, Training, Written
from checklists.people import Person, known
from checklists.plan import OF_THE_PRACTICE, Plan
from checklists.readiness import Finding, State, What
from vitals.competence import Certificate, Competence
from vitals.months import months_after
from vitals.practice import Country, Responsible
from vitals.role import Role
from vitals.vocabulary import Weight

_WEIGHTS: dict[str, Literal[Weight.HOLD, Weight.NOTICE]] = {
    "hold": Weight.HOLD,
    "notice": Weight.NOTICE,
}


class OnFile(Struct, frozen=True, kw_only=True):
    """What a practice has on file, and where it works that day."""

    people: Sequence[Person]
    plans: Sequence[Plan] = ()
    country: Country
    months: Mapping[Competence, int] = {}
    """After how many calendar months a course is old; absent: it does not grow old."""


def paper_findings(rules: PaperRules, held: OnFile, day: date) -> Iterator[Finding]:
    """Yield how each paper that is asked for stands on a day; nothing where no people are listed.

    The target is a person's initials, and empty where a plan is the whole practice's.
    """
    listed = known(held.people, day)
    people = [one for one in held.people if one.initials in listed]
    for training in rules.training:
        if _asked(training, held):
            yield from (_trained(training, one, held, day) for one in people if _of(training, one))
    for person in people:
        yield from _insurances(rules, person, held, day)
    for written in rules.plans:
        if _asked(written, held):
            yield from _written(written, held.plans, people, day)


def _asked(row: Paper, held: OnFile) -> bool:
    return row.country in {None, held.country}


def _of(row: Training, person: Person) -> bool:
    return _has_role(person, row.roles) or any(
        one.competence is row.competence for one in person.certificate
    )


def _covers(row: Insurance, person: Person) -> bool:
    return _has_role(person, row.roles) or any(
        one.competence in row.competences for one in person.certificate
    )


def _has_role(person: Person, roles: Sequence[Role]) -> bool:
    return not set(person.roles).isdisjoint(roles)


def _trained(row: Training, person: Person, held: OnFile, day: date) -> Finding:
    good = [one for one in person.certificate if _complete(one, row, day)]
    if not good:
        return _finding(row, What.PERSON, person.initials, State.MISSING)
    return _dated(row, What.PERSON, person.initials, _last(good[0], held.months), day)


def _complete(one: Certificate, row: Training, day: date) -> bool:
    """Tell whether a certificate is of this competence and has the dates that it needs."""
    dates = {"course": one.course_on, "approved": one.approved_on, "sent": one.sent_on}
    return one.competence is row.competence and all(
        (on := dates[step]) is not None and on <= day for step in row.needs
    )


def _last(one: Certificate, months: Mapping[Competence, int]) -> date | None:
    """Return the last day on which a certificate counts; None where it does not run out."""
    ends = [one.valid_to] if one.valid_to else []
    if one.course_on is not None and one.competence in months:
        ends.append(months_after(one.course_on, months[one.competence]))
    return min(ends, default=None)


def _insurances(rules: PaperRules, person: Person, held: OnFile, day: date) -> Iterator[Finding]:
    """Yield what is asked of somebody; where nothing is, what is on file is told of."""
    rows = [one for one in rules.insurance if _asked(one, held) and _covers(one, person)]
    asked = [one for one in rows if one.asked]
    if asked or person.insured_to is not None:
        yield from (_insured(one, person, day) for one in asked or rows)


def _insured(row: Insurance, person: Person, day: date) -> Finding:
    if person.insured_to is None:
        return _finding(row, What.PERSON, person.initials, State.MISSING)
    return _dated(row, What.PERSON, person.initials, person.insured_to, day)


def _written(
    row: Written, plans: Sequence[Plan], people: Sequence[Person], day: date
) -> Iterator[Finding]:
    whose = sorted(one.initials for one in people if _has_role(one, row.roles))
    for person in _shared(whose) if row.about in OF_THE_PRACTICE else whose:
        ends = [
            plan.valid_to or months_after(plan.dated, row.months)
            for plan in plans
            if (plan.about, plan.person) == (row.about, person) and plan.dated <= day
        ]
        if ends:
            yield _dated(row, What.PLAN, person, max(ends), day)
        else:
            yield _finding(row, What.PLAN, person, State.MISSING)


def _shared(whose: Sequence[str]) -> tuple[str, ...]:
    """Return the one whose plan is everybody's: nobody in particular, where there is anybody."""
    return ("",) if whose else ()


def _dated(row: Paper, what: What, target: str, until: date | None, day: date) -> Finding:
    """Return the finding of a paper that is there, by how long it still holds."""
    if until is None:
        return _finding(row, what, target, State.SOUND)
    left = (until - day).days
    state = State.EXPIRED if left < 0 else State.ENDING
    return _finding(row, what, target, State.SOUND if left > row.notice_days else state, until)


def _finding(
    row: Paper, what: What, target: str, state: State, until: date | None = None
) -> Finding:
    return Finding(
        what=what,
        id=row.id,
        target=target,
        weight=_WEIGHTS[row.weight],
        state=state,
        responsible=Responsible.ANAESTHESIOLOGIST,
        label=row.label,
        source=str(row.source),
        document=row.source.document,
        approved=row.approved,
        until=until,
    )
