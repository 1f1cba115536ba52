"""Which service the duration of an anaesthetic fits, beside the one that it is held to."""

from __future__ import annotations

from monitoring.case import Case
from monitoring.course import facts
from monitoring.durations import Durations
from vitals.instant import Instant
from vitals.vocabulary import CaseKind


def elapsed_s(case: Case, now: Instant) -> float | None:
    """Return how long an anaesthetic has lasted, or lasted; None before it began."""
    if case.started is None:
        return None
    return max(0.0, (case.ended or now).seconds_since(case.started))


def fitting(durations: Durations, case: Case, now: Instant) -> str | None:
    """Return the code that the time fits in the manner that was said; None where none does.

    Where nobody has said how the patient sleeps, the lowest code that the time allows at all.
    """
    elapsed = elapsed_s(case, now)
    if elapsed is None:
        return None
    known = facts(case, case.ended or now)
    if known.technique is None:
        return durations.level(elapsed)
    return durations.code(elapsed, known.technique, known.airway).code


def fitted(durations: Durations, case: Case, now: Instant) -> str:
    """Return the code that a finished anaesthetic fits; empty of any other case, or of none."""
    if case.kind is not CaseKind.ANAESTHETIC or case.ended is None:
        return ""
    return fitting(durations, case, now) or ""
