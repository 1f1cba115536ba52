"""Questions to what is kept here, asked of any connection to the outbox's file.

`span` tells which rows can hold which times; rows after the last span are always looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
    measurement: str | None = None
    """As `vitals`, `alarm`; None: any."""

    def wants(self, series: Series) -> bool:
        """Tell whether a series is asked for."""
        at = self.bed is None or series.tag("bed") == self.bed
        of = self.measurement is None or series.measurement == self.measurement
        return at and of and (self.fields is None or series.field in self.fields)


@dataclass(frozen=True, slots=True)
class Column:
    """What a measure was in one part of a stretch; no column where there was no number."""

    low: float
    high: float
    mean: float
    count: int = field(default=1, compare=False)
    """Of so many numbers."""

    def with_other(self, other: Column) -> Column:
        """Return what the numbers of both come to."""
        count = self.count + other.count
        mean = (self.mean * self.count + other.mean * other.count) / count
        return Column(min(self.low, other.low), max(self.high, other.high), mean, count)


def points(connection: sqlite3.Connection, asked: Asked) -> Iterator[Point]:
    """Yield the points of a stretch, the earliest first of each run of rows."""
    series = _wanted(connection, asked)
    said = f"SELECT series, at, value {_rows_of(series)} ORDER BY at, id"
    for first, last in _ranges(connection, "point", asked):
        rows = connection.execute(said, (first, last, asked.since, asked.until))
        for number, at, value in rows:
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
    series = _wanted(connection, asked)
    # SQLite counts, and lets go of the interpreter meanwhile: a day is some hundred thousand rows.
    said = (
        "SELECT series * ? + (at - ?) / ? AS place, min(value), max(value), avg(value), count(*) "
        f"{_rows_of(series)} GROUP BY place"
    )
    found: dict[Series, list[Column | None]] = {}
    for first, last in _ranges(connection, "point", asked):
        told = (columns, asked.since, width, first, last, asked.since, asked.until)
        for grouped, *numbers in connection.execute(said, told):
            number, place = divmod(grouped, columns)
            parts = found.setdefault(series[number], [None] * columns)
            column, before = Column(*numbers), parts[place]
            parts[place] = column if before is None else before.with_other(column)
    return found


def bounds(connection: sqlite3.Connection, asked: Asked) -> tuple[int, int] | None:
    """Return when the first and the last number of a stretch were; None where there is none."""
    said = f"SELECT min(at), max(at) {_rows_of(_wanted(connection, asked))}"
    found = [
        connection.execute(said, (first, last, asked.since, asked.until)).fetchone()
        for first, last in _ranges(connection, "point", asked)
    ]
    there = [(low, high) for low, high in found if low is not None]
    return (min(low for low, _ in there), max(high for _, high in there)) if there else None


def _rows_of(series: Iterable[int]) -> str:
    """Return where points of these series are, by the numbers that the file itself gives them."""
    among = ", ".join(map(str, series))
    return f"FROM point WHERE id BETWEEN ? AND ? AND at >= ? AND at < ? AND series IN ({among})"


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
