"""Injections as they are kept for the patient's later ones: those that stand, under a key."""

from __future__ import annotations

from daemon.clock import local_date
from daemon.state import Given
from monitoring.case import Case
from monitoring.injection import injected
from vitals.deeds import Give
from vitals.vocabulary import CaseKind


def patient(case: Case) -> str:
    """Return the key of the case's patient, as it was given last; empty where there is none."""
    keys = [entry.patient for entry in case.told if entry.patient]
    return keys[-1] if keys else ""


def given(case: Case) -> tuple[Given, ...]:
    """Return the injections of a block in the order in which they were given; none without key."""
    key = patient(case) if case.kind is CaseKind.BLOCK else ""
    if not key:
        return ()
    return tuple(
        Given(entry.at, injected(case.code, entry.deed, key, local_date(entry.at)))
        for entry in case.told
        if isinstance(entry.deed, Give)
    )
