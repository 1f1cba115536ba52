"""Cases and alarms of a month, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from daemon.protocol.account import Waived
from daemon.protocol.month import Alarms, CaseLine, CodeCount, Condition, Totals
from daemon.tally import Tally
from vitals.vocabulary import Verdict

CONDITIONS = 30
"""So many kinds of alarms are told, the most frequent first."""
_FIRST = (Verdict.FAIL, Verdict.REVIEW)


def codes(lines: Iterable[CaseLine]) -> tuple[CodeCount, ...]:
    """Return how many cases each service had, the most frequent first."""
    counted = Counter(one.code for one in lines)
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(CodeCount(code, count) for code, count in ordered)


def totals(lines: Sequence[CaseLine], result: Callable[[CaseLine], Verdict | None]) -> Totals:
    """Return how many cases came to what."""
    counted = Counter(result(one) for one in lines)
    still = sum(one.open for one in lines)
    return Totals(
        passed=counted[Verdict.PASS],
        review=counted[Verdict.REVIEW],
        failed=counted[Verdict.FAIL],
        open=still,
        unjudged=counted[None] - still,
    )


def ordered(lines: Iterable[CaseLine]) -> tuple[CaseLine, ...]:
    """Return cases with what is to be looked at first, and in the order of time besides."""
    places = {result: place for place, result in enumerate((*_FIRST, None, Verdict.PASS))}
    return tuple(sorted(lines, key=lambda one: (places[one.result], one.at, one.case)))


def reasoned(waived: Iterable[Waived]) -> bool:
    """Tell whether everything that was waived has its reason."""
    return all(one.reason for one in waived)


def alarms(found: Tally) -> Alarms:
    """Return the alarms of a month as clients are told of them."""
    return Alarms(
        case_hours=found.case_hours,
        alarms=found.alarms,
        per_hour=found.per_hour,
        conditions=tuple(
            Condition(one.alarm, one.priority, one.count, one.per_hour)
            for one in found.conditions[:CONDITIONS]
        ),
    )
