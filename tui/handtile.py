"""Numbers that a person typed, as tiles: marked M, with their time and age; pure."""

from __future__ import annotations

from collections.abc import Iterator

from tui.aging import RARE_S, Standing
from tui.byhand import Typed, typed
from tui.group import GROUPS, Group
from tui.sight import Sight
from tui.value import figure
from vitals.measure import Measure

MARK = "M"
"""By hand; the ribbon over the numbers has the word."""
TOGETHER_S = 1.0
"""A pressure is two entries, each put down when it came."""


def by_hand(sight: Sight) -> Iterator[str]:
    """Yield `SpO2 M 97 % 10:36 (6 min)` for each number that no monitor's stands in the place of.

    It is shown, and ends no alarm: a monitor that says nothing is told of all the same.
    """
    found = typed(sight)
    for group in GROUPS:
        first = found.get(group.measures[0])
        if first is not None and not _measured(sight, group.measures[0], first):
            yield _text(sight, group, found, first)


def _measured(sight: Sight, measure: Measure, by: Typed) -> bool:
    """Tell whether a monitor gives a number that counts before the one that was typed."""
    shown = sight.best(measure)
    if shown is None or shown.value is None:
        return False
    newer = shown.reading.fresh_s >= RARE_S and by.age_s < shown.age_s
    return shown.standing is Standing.FRESH and not newer


def _text(sight: Sight, group: Group, found: dict[Measure, Typed], first: Typed) -> str:
    """Return the numbers of a group that were typed together; a pressure is two."""
    beside = (found.get(measure) for measure in group.measures)
    told = [
        figure(sight, measure, one.value)
        for measure, one in zip(group.measures, beside, strict=True)
        if one is not None and abs(one.age_s - first.age_s) <= TOGETHER_S
    ]
    title, time = sight.words.text(group.title), f"{sight.local_text(first.at):%H:%M}"
    age = sight.forms.age(first.age_s)
    return f"{title} {MARK} {'/'.join(told)}{group.unit} {time} ({age})"
