"""The daemon's Unix socket: dashboards are told everything and may ask for little.

One line of JSON a message. A client that does not read is cut off, reconnects, and gets a snapshot.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from daemon.peers import Peer, PeerError, credentials
from daemon.protocol.codec import LINE_LIMIT, ProtocolError, to_command, to_id, to_line
from daemon.protocol.commands import Incoming
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.supervision import contained

CLIENT_LIMIT = 512 * 1024
"""Bytes waiting for one client, beyond which it is cut off."""
CLIENTS_LIMIT = 32

_LOG = logging.getLogger(__name__)


class UnboundError(Exception):
    """The socket cannot be made; the message says how to mend it."""


class Console:
    """Every connected client, and the socket they came by."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        self._clients: dict[asyncio.StreamWriter, str] = {}
        """Each with who is at its other end, the oldest first."""
        self.dropped = 0
        """Messages that clients which were cut off did not get."""

    def tell(self, message: Message) -> None:
        """Send a message to every client; never waits."""
        if self._clients:
            line = to_line(message)
            for client in tuple(self._clients):
                self._write(client, line)

    def bind(self) -> None:
        """Make the socket so that it never exists with other rights than 0660; UnboundError."""
        if self._path.exists() and not self._path.is_socket():
            raise UnboundError(f"{self._path} exists and is no socket: mend `path` of [socket]")
        before = os.umask(0o117)
        try:
            self._path.unlink(missing_ok=True)
            self._socket.bind(str(self._path))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UnboundError(f"{self._path}: {reason}: mend `path` of [socket]") from error
        finally:
            os.umask(before)

    async def serve(
        self,
        greet: Callable[[], Sequence[Message]],
        receive: Callable[[Peer], Callable[[Incoming], Awaitable[Message]]],
        ready: Callable[[], None],
    ) -> None:
        """Serve the bound socket until cancelled; `greet` is what a client hears first.

        `receive` is told who is at the other end of a connection, as the kernel knows it, and
        returns what answers there.
        """
        async with asyncio.TaskGroup() as group:

            def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                attended = self._attend(reader, writer, greet, receive)
                group.create_task(contained("client", attended), name="client")

            server = await asyncio.start_unix_server(welcome, sock=self._socket, limit=LINE_LIMIT)
            try:
                ready()
                await server.serve_forever()
            finally:
                server.close()
                self._path.unlink(missing_ok=True)

    async def _attend(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        greet: Callable[[], Sequence[Message]],
        receive: Callable[[Peer], Callable[[Incoming], Awaitable[Message]]],
    ) -> None:
        try:
            peer = credentials(writer.get_extra_info("socket"))
        except PeerError as error:
            _LOG.info("a client was let go: %s", error)
            writer.transport.abort()
            return
        if len(self._clients) >= CLIENTS_LIMIT and not self._make_room():
            writer.transport.abort()
            return
        for message in greet():
            writer.write(to_line(message))
        self._clients[writer] = str(peer)
        answer = receive(peer)
        try:
            while line := await reader.readline():
                self._write(writer, to_line(await _answered(line, answer)))
        except ConnectionError:
            _LOG.debug("client %s hung up", peer)
        except ValueError as error:
            _LOG.info("client %s was cut off: %s", peer, error)
        finally:
            self._clients.pop(writer, None)
            writer.transport.abort()

    def _make_room(self) -> bool:
        """Cut off the oldest client of the process that holds the most, if it holds several."""
        peer, held = Counter(self._clients.values()).most_common(1)[0]
        if held == 1:
            return False
        oldest = next(client for client, name in self._clients.items() if name == peer)
        del self._clients[oldest]
        oldest.transport.abort()
        return True

    def _write(self, client: asyncio.StreamWriter, line: bytes) -> None:
        if client.is_closing():
            return
        if client.transport.get_write_buffer_size() > CLIENT_LIMIT:
            self.dropped += 1
            self._clients.pop(client, None)
            client.transport.abort()
            return
        client.write(line)


async def _answered(line: bytes, answer: Callable[[Incoming], Awaitable[Message]]) -> Message:
    try:
        command = to_command(line)
    except ProtocolError as error:
        return Answer(to_id(line), Result.REFUSED, Refusal.NOT_UNDERSTOOD, str(error))
    return await answer(command)
