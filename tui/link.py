"""The daemon's Unix socket: connects, reads lines, and connects again for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from daemon.protocol.codec import LINE_LIMIT, ProtocolError, to_line, to_message
from daemon.protocol.commands import Here
from daemon.protocol.messages import Answer, Outgoing
from daemon.protocol.request import Request
from daemon.protocol.showing import Shown
from tui.settings import UNNAMED
from vitals.clock import Clock
from vitals.instant import Instant

PAUSES_S = (0.1, 0.2, 0.4, 0.8, 1.0)
"""How long to wait before each attempt after a failure; the last repeats."""
HERE_S = 15.0
"""So often a terminal says who is at it, as long as the daemon is heard there."""
HERE = "here"
"""Of what says so; its answer is nobody's to read."""
SHOWN = "shown"
"""Likewise of what says that a connection only shows."""


class DaemonLostError(Exception):
    """The socket is gone, refuses, or says what no daemon says; connecting again may help."""


class Link:
    """A `tui.source.Source` over a Unix socket."""

    def __init__(
        self, socket: Path, clock: Clock, by: str | None = None, *, shows: bool = False
    ) -> None:
        self._socket = socket
        self._clock = clock
        self._by = by
        """Who is at this terminal; None: nobody in particular."""
        self._shows = shows
        """Each connection is one that only shows."""
        self._said: Instant | None = None
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
            self._answer()
            if not (isinstance(message, Answer) and message.id in (HERE, SHOWN)):
                receive(message)

        while True:
            try:
                await self._listen(heard)
            except DaemonLostError:
                await self._clock.sleep(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
                failures += 1

    def send(self, command: Request) -> bool:
        """Send `command`; False when the socket is not open."""
        if self._writer is None or self._writer.is_closing():
            return False
        self._writer.write(to_line(command))
        return True

    def _answer(self) -> None:
        """Say who is here, unless that was just said."""
        now = self._clock.now()
        due = self._said is None or now.seconds_since(self._said) >= HERE_S
        if self._by is not None and due and self.send(Here(id=HERE, by=self._by)):
            self._said = now

    async def _listen(self, receive: Callable[[Outgoing], None]) -> None:
        try:
            reader, writer = await asyncio.open_unix_connection(self._socket, limit=LINE_LIMIT)
        except OSError as error:
            raise DaemonLostError(str(error)) from error
        self._writer, self._said = writer, None
        if self._shows:
            self.send(Shown(SHOWN, UNNAMED))
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
