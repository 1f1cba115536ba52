"""The durable queue and the local history: one thread writes it, the event loop never waits."""

from __future__ import annotations

import asyncio
import logging
import math
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from telemetry import store
from telemetry.quota import Kind, cut
from telemetry.schema import (
    PAGE_BYTES,
    Sink,
    StoreError,
    damaged,
    reader,
    set_aside,
    translated,
    writer,
)
from telemetry.series import Message, Point, Stored
from telemetry.settings import History
from telemetry.store import Dead, Owed, Row, Store
from vitals.clock import Clock

FLUSH_S = 1.0
SPAN_S = 60.0
"""Rows of so long are found by one look when history is asked for."""
WAITING_LIMIT = 100_000
"""Items that wait while the disk fails; of more than these the oldest are lost."""
CHUNK = 2_000
"""Rows deleted at a time, so that a delivery need not wait long."""
CHUNKS = 25
"""Deletions before one commit, at most."""
LUMP = 1_000
"""Items of one commit: so many seconds of waves fit in the spare room, however many wait."""
SPARE_PAGES = 1024
"""Room beyond the quota for what is written before the oldest rows go."""
MIB = 1 << 20
T = TypeVar("T")

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How full the outbox is, and whether it can be written."""

    fill: float
    """Share of the quota that is owed to a sink."""
    lost: int
    """Rows that were owed and went: the quota was reached, or the disk or the file failed."""
    waiting: int
    """Items that are not committed yet."""
    failing: str
    """Why nothing can be written, in one line; empty when all is well."""


class Outbox:
    """Opened once; `put` never blocks, and what was put is on the card about a second later."""

    def __init__(self, path: Path, history: History, sinks: Collection[Sink], clock: Clock) -> None:
        self._path = path
        self._quota = history.quota_mib * MIB
        self._sinks = frozenset(sinks)
        self._clock = clock
        self._waiting: deque[Stored] = deque()
        self._turn = threading.Lock()
        """Of `_waiting`, which the thread takes from; held for no longer than a copy takes."""
        self._thread = ThreadPoolExecutor(1, "outbox")
        self._reading = ThreadPoolExecutor(1, "history")
        self._store: Store | None = None
        self._db: sqlite3.Connection | None = None
        self._given: dict[Kind, int] = {}
        self._spanned = clock.now()
        self._overflown = 0
        self._fill = 0.0
        self._failing = ""

    async def open(self) -> None:
        """Open the file, making it if there is none; raises StoreError."""
        await self._run(self._open)

    async def live(self) -> None:
        """Commit what was put once a second, for ever."""
        while True:
            await self._clock.sleep(FLUSH_S)
            await self.flush()

    async def close(self) -> None:
        """Commit what waits, and let go of the file."""
        if self._store is not None:
            await self.flush()
        await self._run(self._close)
        self._thread.shutdown()
        self._reading.shutdown()

    def put(self, item: Stored) -> None:
        """Take an item; a message is kept only where a broker is configured.

        Raises ValueError for a point that is no finite number: absence is no point.
        """
        if isinstance(item, Message) and Sink.MQTT not in self._sinks:
            return
        if isinstance(item, Point) and not math.isfinite(item.value):
            raise ValueError(f"{item.series.field}: {item.value} is no finite number")
        with self._turn:
            self._waiting.append(item)
            self._bound()

    async def flush(self) -> None:
        """Commit what was put; what cannot be written waits for the next time."""
        try:
            await self._run(self._commit)
        except StoreError as error:
            self._failed(error)
        else:
            self._failing = ""

    async def points(self, limit: int) -> list[Row[Point]]:
        """Return the oldest committed points that InfluxDB is owed."""
        return await self._run(lambda: self._own.points(limit))

    async def messages(self, limit: int) -> list[Row[Message]]:
        """Return the oldest committed messages that MQTT is owed."""
        return await self._run(lambda: self._own.messages(limit))

    async def taken(self, sink: Sink, up_to: int) -> None:
        """Keep that a sink has everything up to and with a row."""
        await self._run(lambda: self._own.taken(sink, up_to))

    async def buried(self, sink: Sink, dead: Sequence[Dead]) -> None:
        """Keep what a sink will never take; its rows are still to be `taken`."""
        if any(one.sink is not sink for one in dead):
            raise ValueError(f"a dead letter of another sink than {sink}")
        await self._run(lambda: self._own.bury(dead))

    async def dead(self, limit: int) -> list[Dead]:
        """Return what sinks will never take, the newest first."""
        return await self.ask(lambda connection: store.dead(connection, limit))

    async def owed(self, sink: Sink) -> Owed:
        """Return how much waits for a sink, and since when."""
        return await self._run(lambda: self._own.owed(sink))

    async def ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Return the answer to a question to what is committed; a long one delays no commit."""

        def answered() -> T:
            with closing(reader(self._path)) as connection:
                return question(connection)

        return await asyncio.get_running_loop().run_in_executor(self._reading, answered)

    @property
    def state(self) -> State:
        """Return how the outbox stands since its last commit."""
        lost = sum(self._store.lost.values()) if self._store is not None else 0
        return State(self._fill, lost + self._overflown, len(self._waiting), self._failing)

    @property
    def _own(self) -> Store:
        if self._store is None:
            raise StoreError(f"{self._path} is not open")
        return self._store

    async def _run(self, work: Callable[[], T]) -> T:
        """Return what the thread comes to; raises StoreError."""
        try:
            return await self._thread_run(partial(self._sound, work))
        except sqlite3.Error as error:
            raise translated(self._path, error) from error

    async def _thread_run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _sound(self, work: Callable[[], T]) -> T:
        """Return what work comes to; a file it finds damaged is set aside, and a new one begun.

        What was in it has been shown and judged, and a bedside does not wait for it.
        """
        try:
            return work()
        except sqlite3.Error as error:
            if not damaged(error):
                raise
            self._overflown += self._store.gone if self._store is not None else 0
            self._let_go()
            set_aside(self._path)
            _LOG.error("outbox: %s is damaged (%s): set aside", self._path, error)
            self._open()
            return work()

    def _open(self) -> None:
        """Open the file, if it is not open; a number that was given is not given again."""
        if self._store is None:
            self._db = writer(self._path, self._quota // PAGE_BYTES + SPARE_PAGES)
            self._store = Store(self._db, self._sinks, self._given)
            self._look()

    def _let_go(self) -> None:
        if self._store is not None:
            self._given = dict(self._store.last)
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
        self._db = self._store = None

    def _close(self) -> None:
        if self._store is not None:
            with suppress(sqlite3.Error):  # the next life finds these rows all the same
                self._store.span()
        self._let_go()

    def _commit(self) -> None:
        """Write what waits; what cannot be written waits on, in its order."""
        self._open()
        for _ in range(0, max(1, len(self._waiting)), LUMP):
            self._write(self._own)
        with suppress(sqlite3.Error):  # said of rows that are committed: it can wait
            self._span()
            self._look()

    def _write(self, own: Store) -> None:
        with self._turn:
            items = [self._waiting.popleft() for _ in range(min(LUMP, len(self._waiting)))]
        try:
            self._trim(own)
            own.commit(items)
        except BaseException:
            with self._turn:
                self._waiting.extendleft(reversed(items))
                self._bound()
            raise

    def _span(self) -> None:
        now = self._clock.now()
        if now.seconds_since(self._spanned) >= SPAN_S:
            self._own.span()
            self._spanned = now

    def _trim(self, own: Store) -> None:
        """Delete the oldest rows while there are too many bytes."""
        for _ in range(CHUNKS):
            if own.used() <= self._quota or (gone := cut(own.holdings(), CHUNK)) is None:
                return
            own.delete(gone)

    def _bound(self) -> None:
        """Lose the oldest of what waits beyond the limit; in turn with the thread."""
        while len(self._waiting) > WAITING_LIMIT:
            self._waiting.popleft()
            self._overflown += 1

    def _look(self) -> None:
        self._fill = min(1.0, self._own.owed_bytes() / self._quota)

    def _failed(self, error: StoreError) -> None:
        if not self._failing:
            _LOG.error("outbox: %s", error)
        self._failing = str(error)
