"""The journal's one writer: a thread that owns the connection; the event loop never calls SQLite.

Events are queued in order and committed in batches, as fast as the disk allows. While the disk
fails they wait, up to a limit; what cannot wait is counted and the count becomes an event itself.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from daemon.clock import SystemClock
from daemon.journal import store
from daemon.journal.chain import Row, chained
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.event import Event
from daemon.journal.events import EventsLost, encoded
from daemon.journal.rebase import Rebase
from daemon.journal.recorded import Attachment, File, Why, filed, unfiled
from daemon.journal.replay import MEGA, Replay, replay
from daemon.protocol.messages import JournalState
from vitals.instant import Instant

LATE_S = 1.0
"""A commit that takes longer raises the recorder-failure alarm."""
RETRY_S = 0.5
WAITING_LIMIT = 10_000

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Entry:
    event: Event
    at: Instant
    queued: Instant
    done: asyncio.Future[None]
    attached: Attachment | None = None


class Journal:
    """Opened once, appended to in order, closed at the end."""

    def __init__(self, path: Path, boot: str) -> None:
        self._path = path
        self._boot = boot
        self._real = SystemClock()
        self._queue: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._waiting: deque[_Entry] = deque()
        self._failing = False
        self._lost = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    async def open(self, now: Instant) -> Replay:
        """Open the file and return what it holds; raises JournalError."""
        loop = asyncio.get_running_loop()
        opened: asyncio.Future[Replay] = loop.create_future()
        rebase = Rebase(self._boot, now)
        self._thread = threading.Thread(
            target=self._run, args=(loop, rebase, opened), name="journal", daemon=True
        )
        self._thread.start()
        return await opened

    def append(
        self, event: Event, at: Instant, attached: Attachment | None = None
    ) -> asyncio.Future[None]:
        """Queue an event; the future is done when it is on disk, or cancelled when it is lost.

        The file that is attached is on disk with it, unless the disk is too full for that.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if len(self._waiting) >= WAITING_LIMIT:
            self._lost += 1
            done.cancel()
            return done
        if self._lost:
            lost, self._lost = self._lost, 0
            self.append(EventsLost(lost), at)
        entry = _Entry(event, at, self._real.now(), done, attached)
        self._waiting.append(entry)
        self._queue.put(entry)
        return done

    def state(self) -> JournalState:
        """Return whether the record is being kept."""
        if self._failing:
            return JournalState.FAILING
        now = self._real.now()
        late = self._waiting and now.seconds_since(self._waiting[0].queued) > LATE_S
        return JournalState.LATE if late else JournalState.RECORDING

    async def close(self) -> None:
        """Write what waits, once more if the disk fails, and let go of the file."""
        self._stop.set()
        self._queue.put(None)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    def _run(
        self, loop: asyncio.AbstractEventLoop, rebase: Rebase, opened: asyncio.Future[Replay]
    ) -> None:
        try:
            connection, found = self._read_back(rebase)
            seq, head = store.last(connection)
        except Exception as error:  # noqa: BLE001 - the rim: whoever waits must hear of it
            failure = store.JournalError(str(error))
            loop.call_soon_threadsafe(opened.set_exception, failure)
            return
        loop.call_soon_threadsafe(self._opened, opened, found)
        while (batch := self._batch()) is not None:
            rows = self._written(connection, batch, seq, head, loop)
            if rows:
                seq, head = rows[-1].seq, rows[-1].hash
        connection.close()

    def _read_back(self, rebase: Rebase) -> tuple[sqlite3.Connection, Replay]:
        """Read the journal back; one that is damaged is set aside and a new one begun."""
        try:
            connection = store.create(self._path)
            return connection, replay(connection, rebase)
        except (store.DamagedError, sqlite3.DatabaseError) as error:
            if not store.damaged(error):
                raise
            aside = store.set_aside(self._path, rebase.now.rfc3339().replace(":", ""))
            _LOG.error("journal %s is damaged (%s); kept as %s", self._path, error, aside.name)
            connection = store.create(self._path)
            return connection, replace(replay(connection, rebase), damaged=aside.name)

    def _opened(self, opened: asyncio.Future[Replay], found: Replay) -> None:
        if not opened.cancelled():
            opened.set_result(found)

    def _batch(self) -> list[_Entry] | None:
        """Wait for an entry and take all that wait with it; None when the journal is closed."""
        first = self._queue.get()
        if first is None:
            return None
        batch = [first]
        while not self._queue.empty():
            entry = self._queue.get()
            if entry is None:
                self._queue.put(None)
                break
            batch.append(entry)
        return batch

    def _written(
        self,
        connection: sqlite3.Connection,
        batch: Sequence[_Entry],
        seq: int,
        head: str,
        loop: asyncio.AbstractEventLoop,
    ) -> list[Row]:
        rows, files = _written_out(batch, self._boot, seq, head)
        while True:
            try:
                store.append(connection, rows, files)
            except sqlite3.Error as error:
                if files and store.full(error):
                    # Events are small and come first: what became of the files is one of them.
                    rows, files = _rows(_without_files(batch), self._boot, seq, head), []
                    continue
                loop.call_soon_threadsafe(self._failed, str(error))
                if self._stop.wait(RETRY_S):
                    return []
            else:
                loop.call_soon_threadsafe(self._committed, batch)
                return rows

    def _failed(self, reason: str) -> None:
        if not self._failing:
            _LOG.error("journal %s cannot be written: %s", self._path, reason)
        self._failing = True

    def _committed(self, batch: Sequence[_Entry]) -> None:
        self._failing = False
        for entry in batch:
            self._waiting.popleft()
            if not entry.done.done():
                entry.done.set_result(None)


def _written_out(
    batch: Sequence[_Entry], boot: str, seq: int, head: str
) -> tuple[list[Row], list[File]]:
    """Return the rows and the files of a batch; here, off the event loop, the files are made."""
    files = [entry.attached.file for entry in batch if entry.attached is not None]
    named = [
        entry
        if entry.attached is None
        else replace(entry, event=filed(entry.event, entry.attached.file))
        for entry in batch
    ]
    return _rows(named, boot, seq, head), files


def _without_files(batch: Sequence[_Entry]) -> list[_Entry]:
    return [
        entry
        if entry.attached is None
        else replace(entry, event=unfiled(entry.event, Why.DISK_FULL))
        for entry in batch
    ]


def _rows(batch: Sequence[_Entry], boot: str, seq: int, head: str) -> list[Row]:
    rows: list[Row] = []
    for entry in batch:
        stamp = (round(entry.at.wall * MEGA), round(entry.at.monotonic * MEGA), boot)
        event = entry.event
        if isinstance(event, Checkpoint):
            event = msgspec.structs.replace(event, head=head)
        row = chained(head, seq + 1, stamp, event.kind(), encoded(event))
        rows.append(row)
        seq, head = row.seq, row.hash
    return rows
