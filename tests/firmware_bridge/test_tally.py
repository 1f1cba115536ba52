"""Bytes on real wires, counted at both ends."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from manual import until

from daemon.clock import SystemClock
from devices.modbus.simulator import PanelSimulator
from firmware_bridge.far_end import FarEnd
from firmware_bridge.gateway import Gateway
from firmware_bridge.modbus_link import ModbusLink
from firmware_bridge.request import crc
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.settings import LineSettings
from firmware_bridge.tally import Tallies, Tally
from firmware_bridge.tcp_link import TcpLink

LINE = LineSettings(9600)
READ = bytes.fromhex("01 04 00 00 00 02")
READ += crc(READ)


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def far_end(tmp_path: Path, tally: Tally) -> Iterator[FarEnd]:
    made = FarEnd(tmp_path / "tty", tally)
    made.plug()
    yield made
    made.unplug()


@pytest.fixture
def near(tmp_path: Path, tally: Tally) -> SerialLink:
    return SerialLink(str(tmp_path / "tty"), LINE, SystemClock(), tally)


def test_what_is_sent_is_all_there_at_once(far_end: FarEnd, tmp_path: Path) -> None:
    near = os.open(tmp_path / "tty", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    for size in range(1, 4000, 37):
        far_end.send(bytes(size))
        assert len(os.read(near, 4096)) == size
    os.close(near)


def test_what_the_near_side_has_no_room_for_is_lost_and_stops_nothing(
    far_end: FarEnd, tmp_path: Path
) -> None:
    near = os.open(tmp_path / "tty", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    far_end.send(bytes(3000))
    far_end.send(bytes(3000))
    far_end.send(b"more")
    assert len(os.read(near, 5000)) == 4095
    os.close(near)


async def test_bytes_are_under_way_until_the_link_has_read_them(
    far_end: FarEnd, near: SerialLink, tally: Tally
) -> None:
    await near.open()
    far_end.send(b"four")
    assert (tally.to_link, tally.level) == (4, False)
    assert (await near.read()).data == b"four"
    assert tally.level
    near.close()


async def test_a_request_is_under_way_until_it_has_come_to_the_far_end(
    far_end: FarEnd, near: SerialLink, tally: Tally
) -> None:
    await near.open()
    for number in range(200):
        request = bytes([number]) * 20
        near.write(request)
        while not tally.level:
            pass
        assert far_end.written() == request
    near.close()


async def test_bytes_that_nobody_reads_are_not_waited_for(
    far_end: FarEnd, near: SerialLink, tally: Tally
) -> None:
    far_end.send(b"before")
    assert tally.level
    await near.open()
    far_end.send(b"unread")
    near.close()
    assert tally.level


async def test_a_pulled_cable_is_under_way_until_the_link_has_heard_of_it(
    far_end: FarEnd, near: SerialLink, tally: Tally
) -> None:
    await near.open()
    far_end.send(b"on the wire")
    near.write(b"likewise")
    far_end.unplug()
    assert not tally.level
    await until(lambda: tally.level)
    near.close()


def test_a_cable_that_is_pulled_from_a_closed_port_is_not_waited_for(
    far_end: FarEnd, tally: Tally
) -> None:
    far_end.unplug()
    assert tally.level


class Noted(Tally):
    """Keeps what was counted, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: list[tuple[str, int]] = []

    def link_gave(self, count: int) -> None:
        self.counted.append(("link gave", count))
        super().link_gave(count)

    def link_took(self, count: int) -> None:
        self.counted.append(("link took", count))
        super().link_took(count)

    def far_gave(self, count: int) -> None:
        self.counted.append(("far end gave", count))
        super().far_gave(count)

    def far_took(self, count: int) -> None:
        self.counted.append(("far end took", count))
        super().far_took(count)


async def test_every_byte_of_a_request_and_its_answer_over_the_network_is_counted() -> None:
    tally, ready = Noted(), asyncio.Event()
    gateway = Gateway("tcp://127.0.0.1:0", PanelSimulator(), SystemClock(), tally=tally)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(gateway.serve(cable_in=lambda _: True, ready=ready.set))
        await ready.wait()
        link = ModbusLink(gateway.port, LINE, SystemClock(), tally)
        await link.open()
        for _ in range(3):
            assert tally.level
            link.write(READ)
            assert (await link.read()).data[:3] == bytes([1, 4, 4])
        serving.cancel()
        await until(lambda: not gateway.plugged and tally.level)
        link.close()
    asked = [("link gave", 12), ("far end took", 12)]
    assert tally.counted == 3 * [*asked, ("far end gave", 13), ("link took", 13)]


async def test_an_attempt_to_connect_is_under_way_until_it_is_answered() -> None:
    tally, met = Tally(), asyncio.Event()

    def welcome(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        met.set()

    server = await asyncio.start_server(welcome, "127.0.0.1", 0)
    number = server.sockets[0].getsockname()[1]
    link = TcpLink(f"tcp://127.0.0.1:{number}", SystemClock(), tally)
    opening = asyncio.ensure_future(link.open())
    await asyncio.sleep(0)
    answered = tally.level
    assert not answered
    await opening
    assert tally.level
    await met.wait()
    link.close()
    server.close()


def test_what_is_given_up_is_named_and_no_longer_waited_for() -> None:
    tallies = Tallies()
    tallies.of("one").link_gave(3)
    assert tallies.of("two").level
    assert tallies.forget() == ("one",)
    assert tallies.level
