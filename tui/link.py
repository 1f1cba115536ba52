"""The daemon's Unix socket: connects, reads lines, and connects again for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from daemon.protocol.codec import LINE_LIMIT, ProtocolError, to_line, to_message
from daemon.protocol.commands import Command
from daemon.protocol.messages import Outgoing
from vitals.clock import Clock

PAUSES_S = (0.1, 0.2, 0.4, 0.8, 1.0)
"""How long to wait before each attempt after a failure; the last repeats."""


class DaemonLostError(Exception):
    """The socket is gone, refuses, or says what no daemon says; connecting again may help."""


class Link:
    """A `tui.source.Source` over a Unix socket."""

    def __init__(self, socket: Path, clock: Clock) -> None:
        self._socket = socket
        self._clock = clock
        self._writer: asyncio.StreamWriter | None = None

    @property
    def address(self) -> str:
        """Return the path of the socket."""
        return str(self._socket)

    @property
    def connected(self) -> bool:
        """Tell whether the socket is open; a daemon that hangs still counts as connected."""
        return self._writer is not None and not self._writer.is_closing()

    async def run(self, receive: Callable[[Outgoing], None]) -> None:
        """Hand over every message; after a loss connect again, at most 1 s apart, for ever."""
        failures = 0

        def heard(message: Outgoing) -> None:
            nonlocal failures
            failures = 0
            receive(message)

        while True:
            try:
                await self._listen(heard)
            except DaemonLostError:
                await self._clock.sleep(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
                failures += 1

    def send(self, command: Command) -> bool:
        """Send `command`; False when the socket is not open."""
        if self._writer is None or self._writer.is_closing():
            return False
        self._writer.write(to_line(command))
        return True

    async def _listen(self, receive: Callable[[Outgoing], None]) -> None:
        try:
            reader, writer = await asyncio.open_unix_connection(self._socket, limit=LINE_LIMIT)
        except OSError as error:
            raise DaemonLostError(str(error)) from error
        self._writer = writer
        try:
            await _lines(reader, receive)
        finally:
            self._writer = None
            writer.close()


async def _lines(reader: asyncio.StreamReader, receive: Callable[[Outgoing], None]) -> None:
    """Hand over every message until the other end closes, which raises DaemonLostError."""
    try:
        while line := await reader.readline():
            message = to_message(line)
            if message is not None:
                receive(message)
    except (OSError, ValueError, ProtocolError) as error:  # ValueError: a line beyond the limit
        raise DaemonLostError(str(error)) from error
    raise DaemonLostError("closed")
