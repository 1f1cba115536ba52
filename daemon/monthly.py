"""Answers what a month came to: read from the journal in a thread, one at a time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from daemon import hindsight
from daemon.config import Config
from daemon.desk import Desk
from daemon.journal.store import FILE, JournalError
from daemon.library import Library
from daemon.month.reading import read
from daemon.month.reckon import Practice
from daemon.protocol.commands import Look, Order
from daemon.protocol.daylist import ListOrder
from daemon.protocol.message import Message
from daemon.protocol.month import Monthly as Asked
from daemon.protocol.month import MonthTold
from daemon.protocol.recall import Recall
from monitoring.case import Case
from vitals.clock import Clock
from vitals.instant import Instant

Onward = Order | ListOrder | Look | Recall


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
        self._one_at_a_time = asyncio.Lock()

    async def answer(self, request: Onward | Asked) -> Message:
        """Return the answer to any request."""
        if not isinstance(request, Asked):
            return await self._other(request)
        async with self._one_at_a_time:
            # A month may be a hundred thousand events: the watch goes on meanwhile.
            return await asyncio.to_thread(
                _told, self._path, self._practice, request, self._clock.now()
            )


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
