"""What there is under each topic of a month; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from daemon.protocol.month import CaseLine, Month
from tui.topic import Topic
from vitals.vocabulary import CaseKind, Verdict

Chosen = Callable[[CaseLine], bool]
OF_CASES: Mapping[Topic, Chosen] = {
    Topic.FAILED: lambda one: _given(one) and one.result is Verdict.FAIL,
    Topic.REVIEW: lambda one: _given(one) and one.result is Verdict.REVIEW,
    Topic.PASSED: lambda one: _given(one) and one.result is Verdict.PASS,
    Topic.OPEN: lambda one: _given(one) and one.result is None,
    Topic.WAIVED: lambda one: bool(one.waived),
    Topic.TREATED: lambda one: not _given(one),
    Topic.OUTSIDE: lambda one: bool(one.fits),
}
"""Which cases stand under a topic."""
_IF_ANY = (Topic.OPEN, Topic.TREATED, Topic.OVERDUE, Topic.CANCELLED, Topic.HOLES)
"""What is left out where there is nothing of it."""


def unreached(found: Month) -> bool:
    """Tell whether the journal reaches nothing of a month: there is no number of it at all."""
    return bool(found.since and found.days) and all(one.state is None for one in found.days)


def topics(found: Month) -> tuple[Topic, ...]:
    """Return the topics in their order; those of which there is nothing are left out."""
    return tuple(one for one in Topic if one not in _IF_ANY or rows(found, one))


def rows(found: Month, topic: Topic) -> Sequence[object]:
    """Return what stands under a topic, in its order."""
    stands = found.standing
    if topic in OF_CASES:
        return cases(found, topic)
    return {
        Topic.DAYS: tuple(one for one in found.days if one.state is not None),
        Topic.OVERDUE: stands.overdue,
        Topic.MACHINES: stands.machines,
        Topic.PACKS: stands.packs,
        Topic.GASES: (*stands.supplies, *stands.cylinders),
        Topic.PAPERS: stands.papers,
        Topic.ALARMS: found.alarms.conditions,
        Topic.CANCELLED: found.cancelled,
        Topic.HOLES: found.holes,
    }[topic]


def count(found: Month, topic: Topic) -> int:
    """Return how many rows stand under a topic."""
    return len(rows(found, topic))


def cases(found: Month, topic: Topic) -> tuple[CaseLine, ...]:
    """Return the cases of a topic; none of a topic that is not about cases."""
    chosen = OF_CASES.get(topic)
    return () if chosen is None else tuple(filter(chosen, found.cases))


def _given(one: CaseLine) -> bool:
    return one.kind is CaseKind.ANAESTHETIC
