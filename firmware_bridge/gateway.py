"""The device's side of a Modbus TCP network: anything that answers RTU, found at host and number.

Document: "MODBUS Messaging on TCP/IP Implementation Guide V1.0b", 3.1.3 (MBAP header: transaction,
protocol 0, length of what follows it, unit), 4.2. As a gateway to a serial line does, it lets one
request through at a time and keeps silent where the device does.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import SupportsIndex

from firmware_bridge.far_end import BYTE_S, TICK_S, FarEndError, Peer
from firmware_bridge.link import LinkRefusedError
from firmware_bridge.request import crc
from firmware_bridge.tally import Tally
from firmware_bridge.tcp_link import SCHEME, address
from vitals.clock import Clock
from vitals.instant import Instant

ANSWER_S = 1.0
"""An answer that takes longer is dropped."""
MBAP = struct.Struct(">HHH")
"""Transaction, protocol, and how many bytes follow."""
SHORTEST, LONGEST = 2, 254
"""What may follow: a unit with a function, and the most that a serial line carries."""


class Gateway:
    """A device at `tcp://host:number`; number 0 takes one that is free.

    `peer` is given requests, and gives answers, as frames of Modbus RTU.
    """

    def __init__(
        self,
        port: str,
        peer: Peer,
        clock: Clock,
        *,
        byte_by_byte: bool = False,
        tally: Tally | None = None,
    ) -> None:
        try:
            self._host, self._number = address(port)
        except LinkRefusedError as error:
            raise FarEndError(str(error)) from error
        self._peer = peer
        self._clock = clock
        self._tally = tally or Tally()
        self._byte_s = BYTE_S if byte_by_byte else 0.0
        self._begun: Instant = clock.now()
        self._turn = asyncio.Lock()
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.StreamWriter] = set()

    @property
    def port(self) -> str:
        """Return where the device is; once it is served, with the number that was taken."""
        return f"{SCHEME}://{self._host}:{self._number}"

    @property
    def plugged(self) -> bool:
        """Tell whether the device can be reached just now."""
        return self._server is not None

    async def serve(
        self,
        *,
        cable_in: Callable[[float], bool],
        ready: Callable[[], None] = lambda: None,
        tick_s: float = TICK_S,
    ) -> None:
        """Answer until cancelled, pulling the cable whenever `cable_in` says so.

        `ready` is called once the device can be found; FarEndError when host and number cannot be
        had.
        """
        self._begun = self._clock.now()
        try:
            async with asyncio.TaskGroup() as group:
                await self._plug(group)
                ready()
                while True:
                    if cable_in(self._elapsed_s()) != self.plugged:
                        self._unplug() if self.plugged else await self._plug(group)
                    await self._clock.sleep(tick_s)
        except BaseExceptionGroup as found:
            raise found.exceptions[0] from found
        finally:
            self._unplug()

    async def _plug(self, group: asyncio.TaskGroup) -> None:
        def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            group.create_task(self._talk(reader, writer), name="client")

        loop = asyncio.get_running_loop()

        def protocol() -> asyncio.Protocol:
            return asyncio.StreamReaderProtocol(Counting(self._tally), welcome, loop)

        try:
            self._server = await loop.create_server(protocol, self._host, self._number)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise FarEndError(f"{self.port} cannot be had: {reason}") from error
        self._number = self._server.sockets[0].getsockname()[1]

    def _unplug(self) -> None:
        """Let nobody connect, and cut off whoever was connected."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._tally.far_cut()
        for client in self._clients:
            client.transport.abort()

    def _elapsed_s(self) -> float:
        return self._clock.now().seconds_since(self._begun)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client until it, or the cable, is gone."""
        self._clients.add(writer)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while (request := await _received(reader)) is not None:
                    transaction, body = request
                    if answer := await self._answered(body):
                        await self._send(MBAP.pack(transaction, 0, len(answer)) + answer, writer)
        finally:
            self._clients.discard(writer)
            if not self._clients:
                self._tally.far_cut()
            writer.transport.abort()

    async def _answered(self, body: bytes) -> bytes:
        """Return what the device says to a request, both without a check; nothing if silent."""
        async with self._turn:
            self._peer.emit(self._elapsed_s())  # what nobody waits for any more
            self._peer.receive(body + crc(body))
            asked_s, heard = self._elapsed_s(), b""
            while self._elapsed_s() - asked_s < ANSWER_S:
                heard += self._peer.emit(self._elapsed_s())
                if whole := _whole(heard):
                    return whole
                await self._clock.sleep(TICK_S)
        return b""

    async def _send(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        portion = 1 if self._byte_s else len(data)
        for start in range(0, len(data), portion):
            writer.write(data[start : start + portion])
            self._tally.far_gave(len(data[start : start + portion]))
            await writer.drain()
            await self._clock.sleep(self._byte_s)


class Counting(asyncio.StreamReader):
    """Counts what arrives when it does, also while nobody asks for it."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(loop=asyncio.get_running_loop())
        self._tally = tally

    def feed_data(self, data: Iterable[SupportsIndex]) -> None:
        """Take bytes off the wire."""
        taken = bytes(data)
        self._tally.far_took(len(taken))
        super().feed_data(taken)


async def _received(reader: asyncio.StreamReader) -> tuple[int, bytes] | None:
    """Return transaction, and unit with request; None when it is not Modbus that arrives."""
    transaction, protocol, length = MBAP.unpack(await reader.readexactly(MBAP.size))
    if protocol or not SHORTEST <= length <= LONGEST:
        return None
    return transaction, await reader.readexactly(length)


def _whole(heard: bytes) -> bytes:
    """Return an RTU frame without its check, or nothing as long as it is not whole and intact."""
    body, check = heard[:-2], heard[-2:]
    return body if len(body) >= SHORTEST and check == crc(body) else b""


@contextmanager
def held(host: str = "127.0.0.1") -> Iterator[str]:
    """Yield an address of this machine that nobody else is given while the context lasts.

    It is bound and not listened at, so that a Gateway can, in this process or another: both allow
    the address to be used again (socket(7), SO_REUSEADDR), and only one socket may listen.
    """
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, 0))
        yield f"{SCHEME}://{host}:{found.getsockname()[1]}"
