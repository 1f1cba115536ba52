"""The durable queue and the local history: one thread writes it, the event loop never waits."""

from __future__ import annotations

import asyncio
import logging
import math
import sqlite3
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from telemetry import store
from telemetry.quota import cut
from telemetry.schema import PAGE_BYTES, Sink, StoreError, reader, translated, writer
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
"""Deletions after one commit, at most."""
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
    """Rows that were owed and went: the quota was reached, or the disk failed too long."""
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
        self._thread = ThreadPoolExecutor(1, "outbox")
        self._reading = ThreadPoolExecutor(1, "history")
        self._store: Store | None = None
        self._db: sqlite3.Connection | None = None
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
        """Take an item; points go unless InfluxDB or history wants them, messages to MQTT alone.

        Raises ValueError for a point that is no finite number: absence is no point.
        """
        if isinstance(item, Message) and Sink.MQTT not in self._sinks:
            return
        if isinstance(item, Point) and not math.isfinite(item.value):
            raise ValueError(f"{item.series.field}: {item.value} is no finite number")
        if len(self._waiting) >= WAITING_LIMIT:
            self._waiting.popleft()
            self._overflown += 1
        self._waiting.append(item)

    async def flush(self) -> None:
        """Commit what was put; what cannot be written waits for the next time."""
        items = list(self._waiting)
        self._waiting.clear()
        try:
            await self._run(lambda: self._commit(items))
        except sqlite3.Error as error:
            self._waiting.extendleft(reversed(items))
            self._failed(translated(self._path, error))
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
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> None:
        self._db = writer(self._path, self._quota // PAGE_BYTES + SPARE_PAGES)
        self._store = Store(self._db, self._sinks)
        self._look()

    def _close(self) -> None:
        if self._db is not None:
            if not self._failing:
                self._own.span()
            self._db.close()
        self._db = self._store = None

    def _commit(self, items: Sequence[Stored]) -> None:
        """Delete the oldest rows while there are too many bytes, and write items."""
        own, now = self._own, self._clock.now()
        self._trim(own)
        own.commit(items)
        if now.seconds_since(self._spanned) >= SPAN_S:
            own.span()
            self._spanned = now
        self._look()

    def _trim(self, own: Store) -> None:
        for _ in range(CHUNKS):
            if own.used() <= self._quota or (gone := cut(own.holdings(), CHUNK)) is None:
                return
            own.delete(gone)

    def _look(self) -> None:
        self._fill = min(1.0, self._own.owed_bytes() / self._quota)

    def _failed(self, error: StoreError) -> None:
        if not self._failing:
            _LOG.error("outbox: %s", error)
        self._failing = str(error)
