from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from daemon.clock import SystemClock
from firmware_bridge.link import LinkLostError, LinkRefusedError
from firmware_bridge.tcp_link import TcpLink
from vitals.reading import Origin


class Server:
    """A serial server with one line."""

    def __init__(self) -> None:
        self.port = ""
        self.writers: list[asyncio.StreamWriter] = []
        self.heard = b""


@asynccontextmanager
async def serial_server() -> AsyncIterator[Server]:
    made = Server()

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        made.writers.append(writer)
        while data := await reader.read(100):
            made.heard += data
        writer.close()

    server = await asyncio.start_server(attend, "127.0.0.1", 0)
    made.port = f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()
        for writer in made.writers:
            writer.transport.abort()
        await asyncio.sleep(0.02)


async def test_bytes_cross_both_ways_and_are_stamped() -> None:
    async with serial_server() as server:
        link = TcpLink(server.port, SystemClock())
        await link.open()
        link.write(b"ask")
        await asyncio.sleep(0.05)
        assert server.heard == b"ask"
        server.writers[0].write(b"answer")
        received = await link.read()
        assert received.data == b"answer"
        assert received.at.wall > 0
        assert link.origin is Origin.MEASURED
        link.close()
        link.close()


async def test_a_server_that_hangs_up_is_a_lost_link() -> None:
    async with serial_server() as server:
        link = TcpLink(server.port, SystemClock())
        await link.open()
        await asyncio.sleep(0.05)
        server.writers[0].transport.abort()
        with pytest.raises(LinkLostError, match="hung up"):
            await link.read()
        link.close()


async def test_a_server_that_is_off_is_lost_and_not_refused() -> None:
    async with serial_server() as server:
        port = server.port
    with pytest.raises(LinkLostError, match="see that the server is on"):
        await TcpLink(port, SystemClock()).open()


@pytest.mark.parametrize(
    "port", ["tcp://", "tcp://host", "tcp://host:many", "tcp://host:99999", "tcp://["]
)
async def test_an_address_that_cannot_be_meant_is_refused(port: str) -> None:
    with pytest.raises(LinkRefusedError, match="write tcp://host:number"):
        await TcpLink(port, SystemClock()).open()


async def test_a_link_that_is_not_open_can_neither_read_nor_write() -> None:
    link = TcpLink("tcp://127.0.0.1:1", SystemClock())
    with pytest.raises(LinkLostError, match="is not open"):
        await link.read()
    with pytest.raises(LinkLostError, match="is not open"):
        link.write(b"x")
