"""A device found by host and number: Modbus TCP as it is on the network, byte for byte."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from panels import Panel, free, plugged

from daemon.clock import SystemClock
from devices.modbus.simulator import PanelSimulator
from firmware_bridge import gateway
from firmware_bridge.far_end import FarEndError
from firmware_bridge.gateway import Gateway, held
from firmware_bridge.tcp_link import address

ASKED = bytes.fromhex("04 00 00 00 03")
"""Three input registers from address 0 on; without transaction, length and unit."""
SAID = bytes.fromhex("04 06 01 a4 01 a4 01 a4")
"""Each line at 4.2 bar, in kPa."""


def framed(transaction: int, body: bytes, *, unit: int = 1, protocol: int = 0) -> bytes:
    head = transaction.to_bytes(2, "big") + protocol.to_bytes(2, "big")
    return head + (len(body) + 1).to_bytes(2, "big") + bytes([unit]) + body


Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def client(panel: Panel) -> AsyncIterator[Streams]:
    host, number = address(panel.port)
    reader, writer = await asyncio.open_connection(host, number)
    yield reader, writer
    writer.transport.abort()


@asynccontextmanager
async def panel(simulator: PanelSimulator | None = None) -> AsyncIterator[Panel]:
    async with plugged(Panel(free(), simulator or PanelSimulator())) as found:
        yield found


async def heard(streams: Streams, size: int) -> bytes:
    async with asyncio.timeout(3):
        return await streams[0].readexactly(size)


async def silent(streams: Streams, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await streams[0].read(1)
    except TimeoutError:
        return True
    return False


async def test_an_answer_has_transaction_length_and_unit_and_no_check() -> None:
    async with panel() as found, client(found) as near:
        near[1].write(framed(0x1234, ASKED))
        assert await heard(near, 15) == bytes.fromhex("12 34 00 00 00 09 01") + SAID


async def test_an_exception_is_answered_as_one() -> None:
    async with panel() as found, client(found) as near:
        near[1].write(framed(7, bytes.fromhex("03 00 00 00 01")))
        assert await heard(near, 9) == framed(7, bytes.fromhex("83 02"))
        near[1].write(framed(8, bytes.fromhex("06 00 00 00 01")))
        assert (await heard(near, 9))[-2] == 0x86


async def test_requests_that_come_together_are_answered_in_turn() -> None:
    async with panel() as found, client(found) as near:
        near[1].write(framed(1, ASKED) + framed(2, ASKED))
        assert await heard(near, 30) == framed(1, SAID) + framed(2, SAID)


async def test_a_request_may_come_byte_by_byte() -> None:
    async with panel() as found, client(found) as near:
        for byte in framed(1, ASKED):
            near[1].write(bytes([byte]))
            await asyncio.sleep(0.002)
        assert await heard(near, 15) == framed(1, SAID)


async def test_an_answer_may_come_byte_by_byte() -> None:
    async with plugged(Panel(free()), byte_by_byte=True) as found, client(found) as near:
        near[1].write(framed(1, ASKED))
        assert len(await near[0].read(100)) < 15


async def test_each_client_has_its_own_answers() -> None:
    async with panel() as found, client(found) as one, client(found) as other:
        one[1].write(framed(1, ASKED))
        other[1].write(framed(2, ASKED))
        assert await heard(one, 15) == framed(1, SAID)
        assert await heard(other, 15) == framed(2, SAID)


async def test_another_unit_is_silence_and_the_next_request_has_its_own_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "ANSWER_S", 0.1)
    async with panel() as found, client(found) as near:
        near[1].write(framed(1, ASKED, unit=9))
        assert await silent(near, 0.3)
        near[1].write(framed(2, ASKED))
        assert await heard(near, 15) == framed(2, SAID)


async def test_a_damaged_answer_of_the_device_is_not_passed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "ANSWER_S", 0.1)
    simulator = PanelSimulator()
    simulator.corrupt_every = 5
    async with panel(simulator) as found, client(found) as near:
        near[1].write(framed(1, ASKED))
        assert await silent(near, 0.3)


@pytest.mark.parametrize(
    "data",
    [b"GET / HTTP/1.1\r\n\r\n", framed(1, ASKED, protocol=1), b"\0\1\0\0\0\1\1", b"\0\1\0\0\1\0\1"],
    ids=["http", "protocol", "short", "long"],
)
async def test_what_is_no_modbus_is_cut_off(data: bytes) -> None:
    async with panel() as found, client(found) as near:
        near[1].write(data)
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await heard(near, 1)


async def test_a_pulled_cable_cuts_off_and_lets_nobody_in_until_it_is_back() -> None:
    async with panel() as found, client(found) as near:
        found.cable = False
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await heard(near, 1)
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*address(found.port))
        found.cable = True
        await asyncio.sleep(0.1)
        async with client(found) as again:
            again[1].write(framed(3, ASKED))
            assert await heard(again, 15) == framed(3, SAID)


async def test_number_0_takes_one_that_is_free_and_says_which() -> None:
    far_end = Gateway("tcp://127.0.0.1:0", PanelSimulator(), SystemClock())
    told: list[str] = []
    serving = asyncio.ensure_future(
        far_end.serve(cable_in=lambda _: True, ready=lambda: told.append(far_end.port))
    )
    while not told:
        await asyncio.sleep(0.01)
    _, number = address(told[0])
    assert number
    socket.create_connection(("127.0.0.1", number)).close()
    serving.cancel()


async def test_an_address_that_cannot_be_had_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        far_end = Gateway(port, PanelSimulator(), SystemClock())
        with pytest.raises(FarEndError, match=f"{port} cannot be had: .*in use"):
            await far_end.serve(cable_in=lambda _: True)
    with pytest.raises(FarEndError, match="is no address: write tcp://host:number"):
        Gateway("tcp://host", PanelSimulator(), SystemClock())


async def test_an_address_that_is_held_is_given_to_nobody_and_yet_served_at() -> None:
    with held() as address_:
        host, number = address(address_)
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind((host, number))
        for _ in range(2):
            async with plugged(Panel(address_)) as found, client(found) as streams:
                streams[1].write(framed(1, ASKED))
                assert await heard(streams, 15) == framed(1, SAID)
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(host, number)
