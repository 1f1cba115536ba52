"""Plans and instructions that a practice keeps in writing, each with its date.

Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 4, Efteruddannelse (the
plans that Den Danske Kvalitetsmodel asks for); chapter 3, Opvågning og udskrivelse, p. 15 (staff
watch the last part of recovery on instruction).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct


class Theme(StrEnum):
    """What a plan is about."""

    OWN_DEVELOPMENT = "own_development"
    """Of one person: the owner's own professional development."""
    STAFF_COMPETENCE = "staff_competence"
    """Of the practice: the competence of its doctors and other staff."""
    LATE_RECOVERY = "late_recovery"
    """Of one person: the instruction to who watches the last part of recovery."""


OF_THE_PRACTICE = frozenset({Theme.STAFF_COMPETENCE})
"""Of which there is one for everybody together."""


class Plan(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One plan or instruction."""

    about: Theme
    dated: date
    person: str = ""
    """Initials; empty where it is the practice's."""
    valid_to: date | None = None
    """The last day on which it holds; absent: as long after its date as the rows say."""

    def __post_init__(self) -> None:
        """Refuse a plan that ends before it begins."""
        if self.valid_to is not None and self.valid_to < self.dated:
            raise ValueError("valid_to is before dated: mend one of them")


def faults(plans: Mapping[int, Plan], initials: Collection[str]) -> Iterator[str]:
    """Yield a line for each thing that the rows of plans, by number, do not fit in.

    `initials`: of everybody who is listed.
    """
    seen: set[tuple[Theme, str]] = set()
    for number, plan in plans.items():
        if fault := _fault(plan, initials):
            yield f"[[plan]] {number}: {fault}"
        if (plan.about, plan.person) in seen:
            whose = f" of {plan.person}" if plan.person else ""
            yield f"[[plan]] {number}: {plan.about}{whose} stands twice: keep the newer one"
        seen.add((plan.about, plan.person))


def _fault(plan: Plan, initials: Collection[str]) -> str:
    if plan.about in OF_THE_PRACTICE:
        return f"person: {plan.about} is of the whole practice: remove it" if plan.person else ""
    if not plan.person:
        return f"person: is missing: say whose {plan.about} it is"
    if plan.person not in initials:
        remedy = f"use one of {', '.join(sorted(initials))}" if initials else "add one"
        return f"person: {plan.person!r} is no [[person]]: {remedy}"
    return ""
