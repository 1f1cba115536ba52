"""Answers what a month came to, and files it: read from the journal in a thread, one at a time.

What was read less than a minute ago is told again; what still is being read is asked for again.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from msgspec import structs

from daemon import hindsight
from daemon.config import Config
from daemon.desk import Desk
from daemon.exporting import Exporting
from daemon.journal.store import FILE, JournalError
from daemon.library import Library
from daemon.month.reading import read
from daemon.month.reckon import Practice
from daemon.protocol.commands import Look, Order
from daemon.protocol.daylist import ListOrder
from daemon.protocol.export import Export
from daemon.protocol.message import Message
from daemon.protocol.month import Monthly as Asked
from daemon.protocol.month import MonthTold
from daemon.protocol.recall import Recall
from monitoring.case import Case
from vitals.clock import Clock
from vitals.instant import Instant

WITHIN_S = 0.3
"""A client's next command waits for the answer: what takes longer is asked for again."""
FRESH_S = 60.0
"""What was read longer ago is read anew."""
Onward = Order | ListOrder | Look | Recall


@dataclass(frozen=True, slots=True)
class _Reading:
    """A month that is being read, or was just now."""

    month: str
    begun: Instant
    told: asyncio.Future[MonthTold]

    def spent(self, month: str, now: Instant) -> bool:
        """Tell whether another may be read: this is done, and is not what is asked for now."""
        old = now.seconds_since(self.begun) > FRESH_S
        return self.told.done() and (old or month != self.month)


class Monthly:
    """Answers what is asked of a month; every other request goes on to `other`."""

    def __init__(
        self,
        config: Config,
        library: Library,
        desk: Desk,
        clock: Clock,
        other: Callable[[Onward], Awaitable[Message]],
    ) -> None:
        book = desk.practising.reckoning.book
        self._practice = Practice(config, library, book, partial(_ruling, config, library))
        self._path = config.data.dir / FILE
        self._clock = clock
        self._other = other
        self._reading: _Reading | None = None
        self._exporting = Exporting(config, clock)

    async def answer(self, request: Onward | Asked | Export) -> Message:
        """Return the answer to any request."""
        if isinstance(request, Export):
            return self._exporting.answer(request)
        if not isinstance(request, Asked):
            return await self._other(request)
        now, reading = self._clock.now(), self._reading
        if reading is None or reading.spent(request.month, now):
            # A month may be a hundred thousand events: the watch goes on meanwhile.
            loop, make = asyncio.get_running_loop(), partial(_told, self._path, self._practice)
            told = loop.run_in_executor(None, make, request, now)
            reading = self._reading = _Reading(request.month, now, told)
        await asyncio.wait({reading.told}, timeout=WITHIN_S)
        if not reading.told.done() or reading.month != request.month:
            return MonthTold(request.id, pending=True)
        return structs.replace(reading.told.result(), id=request.id)


def _told(path: Path, practice: Practice, request: Asked, now: Instant) -> MonthTold:
    try:
        return MonthTold(request.id, read(path, practice, request.month, now))
    except (JournalError, sqlite3.Error, OSError) as error:
        return MonthTold(request.id, detail=str(error))


def _ruling(config: Config, library: Library, case: Case) -> Library | None:
    """Return the rules that a case was opened under: those in force, or those that were kept."""
    if case.rules == library.hash:
        return library
    return hindsight.ruling(case, config.data.dir, config)
