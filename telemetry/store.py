"""The outbox's rows, written and read; nobody else writes SQL to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from telemetry.catalogue import Catalogue
from telemetry.quota import Cut, Holding, Kind
from telemetry.schema import PAGE_BYTES, Sink
from telemetry.series import Message, Point, Stored, WaveSecond

POINT_BYTES = 25
"""What a point takes of a page, at most: its number, series, time, value and place."""
NOBODY = -1
"""The position of a sink that is not configured."""
DEAD_LIMIT = 10_000
"""Dead letters that are kept, the newest: a server that refuses a whole backlog fills no card."""
MESSAGE_BYTES = 40
"""What a message takes beside its payload."""
OWED_TO = {Kind.POINT: Sink.INFLUXDB, Kind.MESSAGE: Sink.MQTT}
"""Waves are owed to nobody: they are never sent."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A stored item with its number, which rises with each row of its kind."""

    id: int
    item: T


@dataclass(frozen=True, slots=True)
class Dead:
    """What a server will never take."""

    at: int
    """When it was refused, in milliseconds since 1970 UTC."""
    sink: Sink
    what: str
    """The line, or the topic."""
    reason: str
    """What the server said, in one line."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What waits for a sink."""

    count: int
    oldest: int | None
    """When the first of it was, in milliseconds since 1970 UTC; None when nothing waits."""


class Store:
    """One connection and the numbers that it goes on from: those of a file before it too.

    A sink may still have rows of that file in hand, and say then that they are taken.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        sinks: Collection[Sink],
        given: Mapping[Kind, int] | None = None,
    ) -> None:
        self._db = connection
        self._sinks = sinks
        self.position = dict(_rows(connection, "SELECT name, position FROM sink"))
        self.lost = dict(_rows(connection, "SELECT name, lost FROM sink"))
        self._series = Catalogue(connection)
        said = "SELECT coalesce(max(last_point), 0), coalesce(max(last_wave), 0) FROM span"
        point, wave = connection.execute(said).fetchone()
        self._spanned = {Kind.POINT: point, Kind.WAVE: wave}
        before = given or {}
        self.last = {kind: max(self._highest(kind), before.get(kind, 0)) for kind in Kind}
        self._begin()

    def commit(self, items: Iterable[Stored]) -> None:
        """Write items in one transaction: all of them, or none and sqlite3.Error."""
        before, series = dict(self.last), self._series.last
        try:
            with self._transaction():
                self._write(items)
        except sqlite3.Error:
            self.last = before
            self._series.forget(series)
            raise

    def points(self, limit: int) -> list[Row[Point]]:
        """Return the oldest points that InfluxDB is owed."""
        found = self._owed(Kind.POINT, "series, at, value", limit)
        return [Row(row, Point(self._series[of], at, value)) for row, of, at, value in found]

    def messages(self, limit: int) -> list[Row[Message]]:
        """Return the oldest messages that MQTT is owed."""
        found = self._owed(Kind.MESSAGE, "topic, at, payload", limit)
        return [Row(row, Message(topic, at, payload)) for row, topic, at, payload in found]

    def taken(self, sink: Sink, up_to: int) -> None:
        """Keep that a sink has everything up to and with a row; messages go at once.

        The quota may have passed over that row meanwhile: a position never goes back.
        """
        up_to = max(up_to, self.position[sink])
        with self._transaction():
            self._db.execute("UPDATE sink SET position = ? WHERE name = ?", (up_to, sink))
            if sink is Sink.MQTT:
                self._db.execute("DELETE FROM message WHERE id <= ?", (up_to,))
        self.position[sink] = up_to

    def bury(self, dead: Sequence[Dead]) -> None:
        """Keep what a server will never take; of very many the newest."""
        rows = [(one.at, one.sink, one.what, one.reason) for one in dead]
        with self._transaction():
            said = "INSERT INTO dead (at, sink, what, reason) VALUES (?, ?, ?, ?)"
            self._db.executemany(said, rows)
            old = "DELETE FROM dead WHERE id <= (SELECT max(id) FROM dead) - ?"
            self._db.execute(old, (DEAD_LIMIT,))

    def owed(self, sink: Sink) -> Owed:
        """Return what waits for a sink."""
        kind = Kind.POINT if sink is Sink.INFLUXDB else Kind.MESSAGE
        if sink not in self._sinks or not (found := self._owed(kind, "at", 1)):
            return Owed(0, None)
        first, at = found[0]
        return Owed(self.last[kind] - first + 1, at)

    def span(self) -> None:
        """Say which times the rows since the last span hold."""
        first = {kind: last + 1 for kind, last in self._spanned.items()}
        after = tuple(self._spanned.values())
        low, high = self._db.execute(_TIMES, (after[0], after[1])).fetchone()
        if low is None:
            return
        last = {kind: self.last[kind] for kind in first}
        ends = (first[Kind.POINT], last[Kind.POINT], first[Kind.WAVE], last[Kind.WAVE])
        said = (
            "INSERT INTO span (low, high, first_point, last_point, first_wave, last_wave)"
            " VALUES (?, ?, ?, ?, ?, ?)"
        )
        self._db.execute(said, (low, high, *ends))
        self._spanned = last

    @property
    def gone(self) -> int:
        """Return how many owed rows are lost if the file is: with those it had lost before."""
        owed = [self.last[kind] - self.position[sink] for kind, sink in self._owing]
        return sum(self.lost.values()) + sum(owed)

    @property
    def _owing(self) -> list[tuple[Kind, Sink]]:
        return [(kind, sink) for kind, sink in OWED_TO.items() if sink in self._sinks]

    def used(self) -> int:
        """Return how many bytes of the file hold something."""
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        (unused,) = self._db.execute("PRAGMA freelist_count").fetchone()
        return int(pages - unused) * PAGE_BYTES

    def holdings(self) -> list[Holding]:
        """Return what is held of each kind."""
        return [found for kind in Kind if (found := self._holding(kind)) is not None]

    def owed_bytes(self) -> int:
        """Return about how many bytes are owed."""
        points = self.owed(Sink.INFLUXDB).count * POINT_BYTES
        if Sink.MQTT not in self._sinks:
            return points
        said = "SELECT coalesce(sum(length(payload) + ?), 0) FROM message WHERE id > ?"
        after = self.position[Sink.MQTT]
        (messages,) = self._db.execute(said, (MESSAGE_BYTES, after)).fetchone()
        return points + int(messages)

    def delete(self, cut: Cut) -> None:
        """Delete the oldest rows of a kind, and what was said of their times."""
        with self._transaction():
            self._db.execute(f"DELETE FROM {cut.kind} WHERE id <= ?", (cut.up_to,))  # noqa: S608 - a closed set
            self._db.execute(_SPENT)
            if cut.lost:
                said = "UPDATE sink SET lost = lost + ?, position = max(position, ?) WHERE name = ?"
                self._db.execute(said, (cut.lost, cut.up_to, OWED_TO[cut.kind]))
        if cut.lost:
            sink = OWED_TO[cut.kind]
            self.lost[sink] += cut.lost
            self.position[sink] = max(self.position[sink], cut.up_to)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Commit what is done inside, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _write(self, items: Iterable[Stored]) -> None:
        points, waves, messages = [], [], []
        for item in items:
            match item:
                case Point(series, at, value):
                    points.append(
                        (self._number(Kind.POINT), self._series.number(series), at, value)
                    )
                case WaveSecond(series, at):
                    form = (item.rate_hz, item.scale, item.offset, item.samples)
                    waves.append((self._number(Kind.WAVE), self._series.number(series), at, *form))
                case Message(topic, at, payload):
                    messages.append((self._number(Kind.MESSAGE), at, topic, payload))
        self._db.executemany("INSERT INTO point VALUES (?, ?, ?, ?)", points)
        self._db.executemany("INSERT INTO wave VALUES (?, ?, ?, ?, ?, ?, ?)", waves)
        self._db.executemany("INSERT INTO message VALUES (?, ?, ?, ?)", messages)

    def _number(self, kind: Kind) -> int:
        self.last[kind] += 1
        return self.last[kind]

    def _highest(self, kind: Kind) -> int:
        """Return the last number given: also when its row went, since a sink has it."""
        (last,) = self._db.execute(f"SELECT coalesce(max(id), 0) FROM {kind}").fetchone()  # noqa: S608 - a closed set
        taken = self.position[OWED_TO[kind]] if kind in OWED_TO else 0
        spanned: int = self._spanned.get(kind, 0)
        return max(int(last), taken, spanned)

    def _begin(self) -> None:
        """Owe a sink that is new what comes from now on, and one that is gone nothing."""
        for kind, sink in OWED_TO.items():
            position = self.position[sink]
            if sink not in self._sinks:
                position = NOBODY
            elif position == NOBODY:
                position = self.last[kind]
            if position != self.position[sink]:
                with self._transaction():
                    said = "UPDATE sink SET position = ? WHERE name = ?"
                    self._db.execute(said, (position, sink))
                self.position[sink] = position

    def _owed(self, kind: Kind, columns: str, limit: int) -> list[Any]:
        said = f"SELECT id, {columns} FROM {kind} WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608 - a closed set
        return self._db.execute(said, (self.position[OWED_TO[kind]], limit)).fetchall()

    def _holding(self, kind: Kind) -> Holding | None:
        said = f"SELECT id, at FROM {kind} ORDER BY id LIMIT 1"  # noqa: S608 - a closed set
        if (first := self._db.execute(said).fetchone()) is None:
            return None
        last, sink = self.last[kind], OWED_TO.get(kind)
        after = self.position[sink] if sink is not None and sink in self._sinks else last
        return Holding(kind, first[0], last, after, first[1])


def dead(connection: sqlite3.Connection, limit: int) -> list[Dead]:
    """Return what servers will never take, the newest first."""
    said = "SELECT at, sink, what, reason FROM dead ORDER BY id DESC LIMIT ?"
    found = connection.execute(said, (limit,)).fetchall()
    return [Dead(at, Sink(sink), what, reason) for at, sink, what, reason in found]


def _rows(connection: sqlite3.Connection, said: str) -> list[tuple[Sink, int]]:
    return [(Sink(name), number) for name, number in connection.execute(said)]


_TIMES = """
SELECT min(low), max(high) FROM (
    SELECT min(at) AS low, max(at) AS high FROM point WHERE id > ?
    UNION ALL
    SELECT min(at), max(at + 1000) FROM wave WHERE id > ?
)
"""
_SPENT = """
DELETE FROM span WHERE last_point < coalesce((SELECT min(id) FROM point), last_point + 1)
AND last_wave < coalesce((SELECT min(id) FROM wave), last_wave + 1)
"""
