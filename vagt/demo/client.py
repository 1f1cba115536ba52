"""A client of the daemon's socket for the demo: hears everything, asks in the staff's name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from daemon.protocol.codec import LINE_LIMIT, to_line, to_message
from daemon.protocol.commands import Command
from daemon.protocol.messages import Outgoing
from vitals.clock import Clock

TRY_S = 0.02


class UnreachableError(Exception):
    """The daemon did not answer in time."""


class Client:
    """One connection; messages come in order, commands go out."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def messages(self) -> AsyncIterator[Outgoing]:
        """Yield what the daemon says until it hangs up."""
        while line := await self._reader.readline():
            if (message := to_message(line)) is not None:
                yield message

    async def ask(self, command: Command) -> None:
        """Send a command; its answer comes among the messages."""
        self._writer.write(to_line(command))
        await self._writer.drain()


@asynccontextmanager
async def connected(path: Path, clock: Clock, within_s: float) -> AsyncIterator[Client]:
    """Connect as soon as the daemon listens; UnreachableError when that takes too long."""
    reader, writer = await _opened(path, clock, within_s)
    try:
        yield Client(reader, writer)
    finally:
        writer.close()


async def _opened(
    path: Path, clock: Clock, within_s: float
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    begun = clock.now()
    while True:
        try:
            return await asyncio.open_unix_connection(path, limit=LINE_LIMIT)
        except OSError as error:
            if clock.now().seconds_since(begun) > within_s:
                raise UnreachableError(f"the daemon does not answer on {path}") from error
            await clock.sleep(TRY_S)
