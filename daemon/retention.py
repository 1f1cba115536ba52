"""Which cases stay at hand once they are over and another has taken their bed."""

from __future__ import annotations

from collections.abc import Mapping

from monitoring.case import Case
from monitoring.spite import unexplained

KEPT_S = 48 * 3600.0
"""What is remembered the evening after, or the day after that, can still be entered."""
LAST = 20
"""So many are kept whatever their days: a clock that was wrong makes nobody forget."""
MOST = 80
"""So many that are over are kept at most: a checkpoint holds all of them."""


def kept(closed: Mapping[str, Case], cases: Mapping[str, Case]) -> dict[str, Case]:
    """Return those of the closed that stay at hand, in their order; `cases` are so anyhow.

    They stay for 48 h, counted back from the opening of the newest case, and longer while a start
    in spite of a hold has no reason.
    """
    newest = max((one.opened.wall for one in (*closed.values(), *cases.values())), default=0.0)
    last = set([*closed][-LAST:])
    stay = [
        one
        for one in closed.values()
        if one.number in last or newest - one.opened.wall <= KEPT_S or unexplained(one)
    ]
    places = max(1, MOST - len(cases))
    return {one.number: one for one in stay[max(0, len(stay) - places) :]}
