"""A month read straight from the journal's file, over a connection of its own, to read it only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from daemon.journal.calls import BedCalled
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.event import Event
from daemon.journal.events import CaseQuiet, DeviceChanged, RecorderAlive, decoded
from daemon.journal.rebase import moved
from daemon.journal.recorded import AlarmRecorded, AlarmUnrecorded
from daemon.journal.replay import MEGA, moment
from daemon.journal.store import begun, opened, since
from daemon.month.bounds import Period
from daemon.month.reckon import Practice, reckoned
from daemon.month.timeline import Timeline
from daemon.protocol.month import Month
from vitals.instant import Instant

BARE = RecorderAlive()
ENDLESS = 1 << 62
_IDLE = {
    one.kind() for one in (AlarmRecorded, AlarmUnrecorded, DeviceChanged, CaseQuiet, BedCalled)
}
"""What alters nothing that a month tells: it is not even decoded."""


def read(path: Path, practice: Practice, month: str, now: Instant) -> Month:
    """Return a month; raises JournalError or sqlite3.Error where the journal cannot be read."""
    with closing(opened(path)) as connection:
        first = begun(connection)
        found = events(connection, round(Period.month(month).span.begin * MEGA))
        return reckoned(practice, month, found, now, now.wall if first is None else first / MEGA)


def events(
    connection: sqlite3.Connection, wall_us: int, upto: int = ENDLESS
) -> Iterator[tuple[Event, Instant]]:
    """Yield the events from the last checkpoint before a moment on, on one clock for all boots.

    None of those behind the row `upto`.
    """
    timeline, checked = Timeline(), False
    for row in since(connection, wall_us):
        if row.seq > upto:
            return
        if row.kind in _IDLE or (row.kind == Checkpoint.kind() and checked):
            continue
        checked = True
        at = timeline.row(moment(row), row.boot)
        event = BARE if row.kind == BARE.kind() else decoded(row.kind, row.body)
        if event is not None:
            yield moved(event, partial(timeline, boot=row.boot)), at
