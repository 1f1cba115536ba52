"""What of the local history is told as a trend: tracks of measures, and where alarms began."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from daemon.protocol.trend import Column, Track
from telemetry import history
from telemetry.history import Asked
from telemetry.series import Series
from vitals.measure import Agent, Measure
from vitals.reading import Origin
from vitals.vocabulary import Priority

_MEASURES = frozenset(map(str, Measure))
_PRIORITIES = {priority.rank: priority for priority in Priority}
Parts = list[history.Column | None]


def tracks(connection: sqlite3.Connection, asked: Asked, columns: int) -> tuple[Track, ...]:
    """Return what was measured, in the order of the vocabulary.

    Numbers of one measure, device and site are one track whatever their quality was.
    """
    found: dict[Series, Parts] = {}
    for series, parts in history.trend(connection, asked, columns).items():
        if series.field in _MEASURES:
            key = _unqualified(series)
            found[key] = _together(found[key], parts) if key in found else parts
    order = list(Measure)
    ordered = sorted(found, key=lambda one: (order.index(Measure(one.field)), one.tags))
    return tuple(_track(series, found[series]) for series in ordered)


def alarmed(connection: sqlite3.Connection, asked: Asked) -> Iterator[tuple[int, str, Priority]]:
    """Yield when each alarm began, by name, and how urgent it was then."""
    standing: set[Series] = set()
    for point in history.points(connection, asked):
        priority = _PRIORITIES.get(round(point.value))
        if priority is None:
            standing.discard(point.series)
        elif point.series not in standing:
            standing.add(point.series)
            yield point.at, point.series.tag("id"), priority


def _unqualified(series: Series) -> Series:
    tags = tuple((name, of) for name, of in series.tags if name != "quality")
    return Series(series.measurement, series.field, series.unit, tags)


def _together(first: Parts, second: Parts) -> Parts:
    pairs = zip(first, second, strict=True)
    return [one.with_other(two) if one and two else one or two for one, two in pairs]


def _track(series: Series, parts: Parts) -> Track:
    measure, agent = Measure(series.field), series.tag("agent")
    return Track(
        measure=measure,
        device=series.tag("device"),
        unit=series.unit,
        columns=tuple(_column(measure, part) for part in parts),
        origin=Origin(series.tag("origin") or Origin.MEASURED),
        agent=Agent(agent) if agent else None,
        site=series.tag("gas") or None,
        live=series.tag("kind") != "spot",
    )


def _column(measure: Measure, part: history.Column | None) -> Column | None:
    if part is None:
        return None
    numbers = (measure.rounded(number) for number in (part.low, part.high, part.mean))
    low, high, mean = (0 if number is None else number for number in numbers)
    return Column(low, high, mean)
