"""How many cases each anaesthetist had of which service and procedures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from daemon.report.term import Performed
from monitoring.case import Case
from vitals import deeds
from vitals.vocabulary import CaseKind


def performed(cases: Iterable[Case]) -> tuple[Performed, ...]:
    """Return the counts of cases that were begun, in the order of who, what and how."""
    counted = Counter((one.by, one.code, one.procedures, _drug(one)) for one in cases)
    return tuple(Performed(*key, cases=count) for key, count in sorted(counted.items()))


def _drug(case: Case) -> str:
    """Return what a treatment was given, each once; empty of an anaesthetic."""
    if case.kind is not CaseKind.BLOCK:
        return ""
    given = (one.deed.drug for one in case.told if isinstance(one.deed, deeds.Give))
    return ", ".join(dict.fromkeys(given))
