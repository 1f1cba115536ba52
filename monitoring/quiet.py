"""Whether nothing has come of a case for so long that somebody is asked: it is never closed."""

from __future__ import annotations

from collections.abc import Iterable

from monitoring.case import Case
from monitoring.courserules import Quiet
from vitals.instant import Instant
from vitals.vocabulary import CaseState

WAITING = frozenset({CaseState.PLANNED, CaseState.PREOP})
"""Not begun: it may wait for its turn."""


def quiet(case: Case, rules: Quiet, numbers: Iterable[Instant], now: Instant) -> bool:
    """Tell whether neither a number at its bed nor an entry has come of an open case for long."""
    if case.state.over:
        return False
    said = (entry.entered for entry in case.entries)
    last = max(at.monotonic for at in (case.opened, *numbers, *said))
    limit_s = rules.waiting_s if case.state in WAITING else rules.after_s
    return now.monotonic - last > limit_s
