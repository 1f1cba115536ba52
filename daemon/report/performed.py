"""How many cases each anaesthetist had of which service and procedures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from daemon.report.term import Performed
from monitoring.case import Case


def performed(cases: Iterable[Case]) -> tuple[Performed, ...]:
    """Return the counts of cases that were begun, in the order of who, what and how."""
    counted = Counter((one.by, one.code, one.procedures) for one in cases)
    return tuple(Performed(*key, drug="", cases=count) for key, count in sorted(counted.items()))
