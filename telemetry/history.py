"""Questions to what is kept here, asked of any connection to the outbox's file.

`span` tells which rows can hold which times; rows after the last span are always looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from telemetry.catalogue import known
from telemetry.series import Point, Series, WaveSecond

SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What of history is asked for: times in milliseconds since 1970 UTC, the last not with it."""

    since: int
    until: int
    bed: str | None = None
    """None: of every bed."""
    fields: frozenset[str] | None = None
    """Measures or channels; None: all of them."""

    def wants(self, series: Series) -> bool:
        """Tell whether a series is asked for."""
        at = self.bed is None or series.tag("bed") == self.bed
        return at and (self.fields is None or series.field in self.fields)


@dataclass(frozen=True, slots=True)
class Column:
    """What a measure was in one part of a stretch; no column where there was no number."""

    low: float
    high: float
    mean: float


@dataclass(slots=True)
class _Part:
    """What is known of a column so far: a day of numbers is not held for it."""

    low: float
    high: float
    total: float = 0.0
    count: int = 0

    def add(self, value: float) -> None:
        """Take a number."""
        self.low, self.high = min(self.low, value), max(self.high, value)
        self.total += value
        self.count += 1

    @property
    def column(self) -> Column:
        """Return what its numbers come to."""
        return Column(self.low, self.high, self.total / self.count)


def points(connection: sqlite3.Connection, asked: Asked) -> Iterator[Point]:
    """Yield the points of a stretch, the earliest first of each run of rows."""
    series = _wanted(connection, asked)
    said = (
        "SELECT series, at, value FROM point"
        " WHERE id BETWEEN ? AND ? AND at >= ? AND at < ? ORDER BY at, id"
    )
    for first, last in _ranges(connection, "point", asked):
        rows = connection.execute(said, (first, last, asked.since, asked.until))
        for number, at, value in rows:
            if number in series:
                yield Point(series[number], at, value)


def waves(connection: sqlite3.Connection, asked: Asked) -> Iterator[WaveSecond]:
    """Yield the seconds of waves that a stretch touches."""
    series = _wanted(connection, asked)
    said = (
        'SELECT series, at, rate_hz, scale, "offset", samples FROM wave'
        " WHERE id BETWEEN ? AND ? AND at > ? AND at < ? ORDER BY at, id"
    )
    for first, last in _ranges(connection, "wave", asked):
        since = asked.since - SECOND_MS
        for number, *told in connection.execute(said, (first, last, since, asked.until)):
            if number in series:
                yield WaveSecond(series[number], *told)


def trend(
    connection: sqlite3.Connection, asked: Asked, columns: int
) -> dict[Series, list[Column | None]]:
    """Return lowest, highest and mean in each of so many equal parts of a stretch, by series."""
    width = max(1, -(-(asked.until - asked.since) // columns))
    found: dict[Series, list[_Part | None]] = {}
    for point in points(connection, asked):
        parts = found.setdefault(point.series, [None] * columns)
        place = (point.at - asked.since) // width
        part = parts[place] or _Part(point.value, point.value)
        part.add(point.value)
        parts[place] = part
    return {
        series: [None if part is None else part.column for part in parts]
        for series, parts in found.items()
    }


def _wanted(connection: sqlite3.Connection, asked: Asked) -> dict[int, Series]:
    return {number: one for number, one in known(connection).items() if asked.wants(one)}


def _ranges(connection: sqlite3.Connection, kind: str, asked: Asked) -> list[tuple[int, int]]:
    """Return which rows can hold the times that are asked for, joined where they meet.

    The end is read first: a span that the writer adds meanwhile is of rows behind it.
    """
    end = f"SELECT coalesce(max(last_{kind}), 0) FROM span"  # noqa: S608 - one of two words
    (tail,) = connection.execute(end).fetchone()
    said = (
        f"SELECT first_{kind}, last_{kind} FROM span WHERE high >= ? AND low < ?"  # noqa: S608 - as above
        f" AND last_{kind} BETWEEN first_{kind} AND ? ORDER BY id"
    )
    found: list[tuple[int, int]] = []
    for first, last in connection.execute(said, (asked.since - SECOND_MS, asked.until, tail)):
        if found and found[-1][1] + 1 == first:
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return [*found, (tail + 1, (1 << 63) - 1)]
