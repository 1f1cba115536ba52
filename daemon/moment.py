"""Why an entry does not stand where it was put, in the parts that a screen has words for."""

from __future__ import annotations

from daemon.protocol.because import Because, Why
from monitoring.case import Case, Entry, state_at
from monitoring.steps import NEXT, expected
from vitals import deeds


def moment(case: Case, entry: Entry) -> Because:
    """Return what `problem` says of an entry, for one that it refuses."""
    name, state = entry.deed.name(), state_at(case, entry.at)
    if entry.at.monotonic > entry.entered.monotonic:
        return Because(Why.AHEAD, deed=name)
    if isinstance(entry.deed, deeds.Correct):
        known = any(one.number == entry.deed.entry for one in case.standing)
        return Because(Why.LATER if known else Why.ENTRY, deed=name)
    if type(entry.deed) in NEXT[case.kind][state]:
        return Because(Why.LATER, deed=name)
    return Because(Why.MOMENT, deed=name, expected=expected(case.kind, state))
