"""A cut of what a bed's devices sent, put into the document that is kept."""

from __future__ import annotations

from collections.abc import Sequence

from daemon.journal.strip import Mark, Numbers, Piece, Point, Strip, Wave
from daemon.ring import Cut, Run, Sent
from monitoring.alarms import Change


def strip(case: str, bed: str, changes: Sequence[Change], cut: Cut) -> Strip:
    """Return the document of a cut around some alarms of a case."""
    return Strip(
        case=case,
        bed=bed,
        begin=cut.span.begin.rfc3339(),
        end=cut.span.end.rfc3339(),
        marks=tuple(_mark(change) for change in changes),
        numbers=_numbers(cut.numbers),
        waves=_waves(cut.runs),
    )


def _mark(change: Change) -> Mark:
    key = change.key
    return Mark(key.condition, key.device, change.cue, change.priority, change.at.rfc3339())


def _numbers(sent: Sequence[Sent]) -> tuple[Numbers, ...]:
    groups: dict[tuple[object, ...], list[Sent]] = {}
    for one in sent:
        read = one.reading
        key = one.device, read.measure, one.origin, read.site, read.agent, read.live
        groups.setdefault(key, []).append(one)
    return tuple(_measure(group) for group in groups.values())


def _measure(group: Sequence[Sent]) -> Numbers:
    device, origin, read = group[0].device, group[0].origin, group[0].reading
    points = tuple(
        Point(one.reading.at.rfc3339(), one.reading.value, one.reading.quality) for one in group
    )
    unit = read.measure.form.unit
    more = read.site, read.agent, read.live
    return Numbers(device, read.measure, unit, origin, points, *more)


def _waves(runs: Sequence[Run]) -> tuple[Wave, ...]:
    groups: dict[tuple[object, ...], list[Run]] = {}
    for run in runs:
        key = run.device, run.channel, run.rate_hz, run.unit, run.origin
        groups.setdefault(key, []).append(run)
    return tuple(_wave(group) for group in groups.values())


def _wave(group: Sequence[Run]) -> Wave:
    one = group[0]
    pieces = tuple(Piece(run.start.rfc3339(), run.samples) for run in group)
    return Wave(one.device, one.channel, one.rate_hz, one.unit, one.origin, pieces)
