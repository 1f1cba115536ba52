"""An anaesthetic from start to end: a table of transitions and what is kept with it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from monitoring.limits import Range
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import CaseState


class Step(StrEnum):
    """What happens to a case."""

    START = "start"
    END = "end"


NEXT: dict[CaseState, dict[Step, CaseState]] = {
    CaseState.PLANNED: {Step.START: CaseState.ANAESTHESIA},
    CaseState.ANAESTHESIA: {Step.END: CaseState.ENDED},
    CaseState.ENDED: {},
}


class WrongMomentError(Exception):
    """The case does not allow this step now; nothing was changed."""


class Case(Struct, frozen=True):
    """One anaesthetic. No age, name or birth date: the band and the answer of the two-year rule."""

    number: str
    """Site-date-serial, to be found again from the patient's journal."""
    bed: str
    state: CaseState
    code: str
    rules: str
    """Hash of the rule rows in force at its start."""
    band: str
    two_years: bool
    limits: dict[Measure, Range]
    limits_approved_by: str
    by: str
    started: Instant
    ended: Instant | None = None
    seen: frozenset[Measure] = frozenset()


def after(state: CaseState, step: Step) -> CaseState:
    """Return the state that follows, or raise WrongMomentError."""
    try:
        return NEXT[state][step]
    except KeyError:
        raise WrongMomentError(f"a case that is {state} cannot {step}") from None
