"""Answers what was measured at a bed over time, from the local history; nothing waits for it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime

from daemon.protocol.commands import Look, Order
from daemon.protocol.daylist import ListOrder
from daemon.protocol.export import Export
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Result
from daemon.protocol.month import Monthly
from daemon.protocol.recall import Recall
from daemon.protocol.trend import Mark, Track, Trend, Trended, Trouble
from daemon.refused import RefusedError
from daemon.state import Holder
from daemon.stays import Stay, stays
from daemon.stretch import Stretch, stretch
from daemon.tracks import alarmed, tracks
from telemetry.history import Asked
from telemetry.outbox import Outbox
from telemetry.schema import StoreError
from vitals.clock import Clock
from vitals.detail import detail
from vitals.instant import Instant

WITHIN_S = 1.5
"""A client's next command waits for the answer: what takes longer is given up."""
OPCODES = 20_000
"""Between two looks whether it is too late: about a millisecond of SQLite's work."""
MARKS = 200
"""Of more marks the latest are told."""
Other = Order | ListOrder | Look | Recall | Monthly | Export
_Found = tuple[Stretch, tuple[Track, ...], list[Mark]]


class Trending:
    """Answers requests for a trend, one at a time; every other request goes on to `other`."""

    def __init__(
        self,
        beds: tuple[str, ...],
        ward: Holder,
        outbox: Outbox,
        clock: Clock,
        other: Callable[[Other], Awaitable[Message]],
    ) -> None:
        self._beds = beds
        self._ward = ward
        self._outbox = outbox
        self._clock = clock
        self._other = other
        self._one_at_a_time = asyncio.Lock()

    async def answer(self, request: Other | Trended) -> Message:
        """Return the answer to any request."""
        if not isinstance(request, Trended):
            return await self._other(request)
        now, there = self._clock.now(), stays(self._ward.state, request.bed)
        try:
            wanted = stretch(request, self._beds, there, now)
        except RefusedError as error:
            return Answer(request.id, Result.REFUSED, error.reason, error.detail)
        return await self._told(request, wanted, there, now)

    async def _told(
        self, request: Trended, wanted: Stretch, there: list[Stay], now: Instant
    ) -> Trend:
        until, trouble = now.monotonic + WITHIN_S, None
        found: _Found = (wanted, (), [])

        def late() -> bool:
            return self._clock.now().monotonic > until

        try:
            async with self._one_at_a_time:
                found = await self._outbox.ask(lambda db: _read(db, request, wanted, late))
        except (StoreError, sqlite3.Error):
            trouble = Trouble.SLOW if late() else Trouble.UNREADABLE
        shown, measured, alarms = found
        marks = sorted([*alarms, *_steps(there, shown, now)], key=lambda mark: mark.at)
        return Trend(
            id=request.id,
            at=now.rfc3339(),
            bed=request.bed,
            since=_rfc3339(shown.since),
            until=_rfc3339(shown.until),
            tracks=measured,
            marks=tuple(marks[-MARKS:]),
            case=shown.case,
            trouble=trouble,
        )


def _read(
    connection: sqlite3.Connection, request: Trended, wanted: Stretch, late: Callable[[], bool]
) -> _Found:
    """Return the stretch that is shown, what was measured in it, and where alarms began."""
    connection.set_progress_handler(late, OPCODES)
    fields = frozenset(map(str, request.measures)) or None
    asked = Asked(wanted.since, wanted.until, request.bed, fields, "vitals")
    shown = wanted.trimmed(connection, asked)
    asked = Asked(shown.since, shown.until, request.bed, fields, "vitals")
    measured = tracks(connection, asked, shown.columns(request.columns))
    alarms = Asked(shown.since, shown.until, request.bed, measurement="alarm")
    marks = [
        Mark(_rfc3339(at), "alarm_onset", name, priority)
        for at, name, priority in alarmed(connection, alarms)
    ]
    return shown, measured, marks


def _steps(there: list[Stay], shown: Stretch, now: Instant) -> Iterator[Mark]:
    """Yield the steps of every case that was at the bed in a stretch."""
    for stay in there:
        if stay.since * 1000 >= shown.until or stay.lasted(now) * 1000 < shown.since:
            continue
        for entry in stay.steps():
            if shown.since <= entry.at.wall * 1000 < shown.until:
                name = entry.deed.name()
                event = _EVENTS.get(name, f"entry_{name}")
                yield Mark(entry.at.rfc3339(), event, detail(entry.deed))


_EVENTS = {"begin": "case_started", "end": "case_ended"}


def _rfc3339(at: int) -> str:
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at % 1000:03d}Z"
