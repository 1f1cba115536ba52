"""Whether tones keep to their windows, and whether a clinic's windows are those that ship."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from monitoring.bursts import BurstRow, Span, Tone, ToneRules

_LOUDEST_FIRST = (Tone.HIGH, Tone.MEDIUM, Tone.LOW)


def outside(rules: ToneRules) -> Iterator[str]:
    """Yield what of the tones lies outside their windows, each with its row and key."""
    yield from _pulse(rules)
    for row in rules.bursts.values():
        where = f"[[burst]] {row.id}"
        yield from (f"{where}: {fault}" for fault in (*_sound(rules, row), *_timing(rules, row)))
    levels = [rules.bursts[tone].level_db for tone in _LOUDEST_FIRST]
    if any(urgent < other for urgent, other in pairwise(levels)):
        yield "[[burst]]: level_db: high is no fainter than medium, nor medium than low: mend it"


def loosened(theirs: ToneRules, ours: ToneRules) -> Iterator[str]:
    """Yield what of a clinic's rows allows tones that `ours` does not."""
    if theirs.bounds != ours.bounds:
        yield "[bounds]: are not those that ship, which no clinic may alter: put them back"
    for priority, window in ours.windows.items():
        if theirs.windows[priority] != window:
            yield f"[[window]] {priority}: is not the one that ships: put it back"
    if theirs.volume.floor < ours.volume.floor:
        floor = f"is {theirs.volume.floor}, and {ours.volume.floor} in what ships"
        yield f"[volume]: floor: {floor}, which no clinic may go below: write that, or more"


def _pulse(rules: ToneRules) -> Iterator[str]:
    yield from _kept("[pulse]: rise", rules.pulse.rise, rules.bounds.rise)


def _sound(rules: ToneRules, row: BurstRow) -> Iterator[str]:
    """Yield what is wrong with the pitch: of the components that count, enough must be loud."""
    bounds, levels = rules.bounds, rules.pulse.levels_db
    yield from _kept("f0_hz", row.f0_hz, bounds.f0_hz)
    counted = [level for n, level in enumerate(levels, 1) if row.f0_hz * n in bounds.component_hz]
    loudest = max(counted, default=-math.inf)
    loud = sum(level >= loudest - bounds.spread_db for level in counted)
    if loud < bounds.components:
        asked = f"at least {bounds.components} from {bounds.component_hz} Hz within"
        yield f"f0_hz: {loud} components count, {asked} {bounds.spread_db:g} dB: mend levels_db"


def _timing(rules: ToneRules, row: BurstRow) -> Iterator[str]:
    window = rules.windows[row.priority]
    if row.groups not in window.groups:
        yield f"groups: no burst of {row.priority} priority has these: see its [[window]]"
    yield from _kept("pulse_s", row.pulse_s, window.pulse_s)
    yield from _kept("gap_s", row.gap_s, window.gap_s)
    yield from _kept("interval_s", row.interval_s, window.interval_s)
    if (row.apart_s is None) is not (window.apart_s is None):
        yield "apart_s: stands where there are two groups and nowhere else"
    elif row.apart_s is not None and window.apart_s is not None:
        yield from _kept("apart_s", row.apart_s, window.apart_s)
    edges_s = row.pulse_s * (rules.pulse.rise + rules.pulse.fall) * 9 / 8
    if edges_s > row.gap_s:
        yield "gap_s: a pulse has not faded before the next one begins: make it longer"


def _kept(key: str, value: float, span: Span) -> Iterator[str]:
    if value not in span:
        yield f"{key}: {value:g} is outside {span}: write a value within"
