"""pymodbus 3.16 as it behaves on a real line; each test is one way in which it could mislead.

T1 to T14 are the traps that were found in it by experiment: late answers (T1), short ones (T2),
those of another function (T3), damage and noise (T4), pauses (T5), the first connection (T6), its
own reconnecting (T7), silence (T8), a cable pulled (T9), a port in use (T10), turns (T11), absent
devices (T12), a line that comes back (T13) and the order of bytes (T14). Docstrings name them.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import termios
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from modbus_bytes import (
    BITS,
    EXAMPLE,
    EXCHANGES,
    FLOAT,
    FOUR,
    INPUT,
    KELLER,
    MPD,
    NO_ADDRESS,
    frame,
)
from slaves import HANG_UP, Slave, plugged, serve_serial, serve_tcp

from daemon.clock import SystemClock
from devices.modbus import profile
from devices.modbus.driver import RegisterDriver
from devices.modbus.wire import Function, Reply, Request
from firmware_bridge import modbus_link
from firmware_bridge.far_end import FarEnd
from firmware_bridge.link import LinkLostError, LinkRefusedError
from firmware_bridge.modbus_link import PAUSE_S, SILENT_REQUESTS, ModbusLink
from firmware_bridge.settings import LineSettings
from vitals.reading import Quality, Reading

LINE = LineSettings(9600)
ASKED, ANSWER = KELLER
TIMEOUT_S = FLUSH_S = 0.2
"""Shorter than in earnest, where tests would only wait."""
LATE_S = TIMEOUT_S + 0.1


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert modbus_link.FLUSH_S >= modbus_link.TIMEOUT_S
    monkeypatch.setattr(modbus_link, "TIMEOUT_S", TIMEOUT_S)
    monkeypatch.setattr(modbus_link, "FLUSH_S", FLUSH_S)


def link(port: str) -> ModbusLink:
    return ModbusLink(port, LINE, SystemClock())


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[tuple[FarEnd, str]]:
    with plugged(tmp_path) as found:
        yield found


@asynccontextmanager
async def serial(wire: tuple[FarEnd, str], slave: Slave) -> AsyncIterator[ModbusLink]:
    """Open a link to a slave on the pseudo-terminal."""
    far_end, port = wire
    serving = asyncio.ensure_future(serve_serial(far_end, slave))
    near = link(port)
    await near.open()
    try:
        yield near
    finally:
        near.close()
        serving.cancel()


@asynccontextmanager
async def tcp(slave: Slave) -> AsyncIterator[ModbusLink]:
    """Open a link to a slave on a port of this machine."""
    server = await serve_tcp(slave)
    near = link(f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    await near.open()
    try:
        yield near
    finally:
        near.close()
        server.close()


async def answered(near: ModbusLink, request: bytes = ASKED) -> bytes:
    near.write(request)
    async with asyncio.timeout(5):
        return (await near.read()).data


def test_each_of_the_fourteen_traps_has_a_test() -> None:
    tests = [found for name, found in globals().items() if name.startswith("test_")]
    told = {(test.__doc__ or "").partition(":")[0] for test in tests}
    assert told - {""} == {f"T{number}" for number in range(1, 15)}


@pytest.mark.parametrize(("asked", "reply"), [*EXCHANGES, NO_ADDRESS])
async def test_over_a_serial_line_the_frames_are_the_documented_ones(
    wire: tuple[FarEnd, str], asked: bytes, reply: bytes
) -> None:
    slave = Slave([reply])
    async with serial(wire, slave) as near:
        assert await answered(near, asked) == reply
    assert slave.requests == [asked]


@pytest.mark.parametrize(("asked", "reply"), [FOUR, FLOAT, INPUT, BITS, EXAMPLE, NO_ADDRESS])
async def test_over_tcp_the_same_frames_come_out(asked: bytes, reply: bytes) -> None:
    slave = Slave([reply[:-2]])
    async with tcp(slave) as near:
        assert await answered(near, asked) == reply
    assert slave.requests == [asked[:-2]]


async def test_a_driver_reads_a_live_line(wire: tuple[FarEnd, str]) -> None:
    driver = RegisterDriver(profile.text("keller-30x"))
    async with serial(wire, Slave([ANSWER])) as near:
        near.write(driver.due(SystemClock().now()))
        received = await near.read()
    (item,) = driver.receive(received.data, received.at)
    assert isinstance(item, Reading)
    assert (item.value, item.quality) == (5.0, Quality.VALID)


async def test_a_late_answer_is_not_taken_for_the_next_one_s(wire: tuple[FarEnd, str]) -> None:
    """T1: an RTU answer carries no number."""
    other = Reply(1, Function.HOLDING_REGISTERS, frame("41 20 00 00")).to_bytes()
    async with serial(wire, Slave([[(LATE_S, ANSWER)], other])) as near:
        near.write(ASKED)
        near.write(ASKED)
        assert (await near.read()).data == other


async def test_the_line_rests_as_long_as_an_answer_may_take_after_silence(
    wire: tuple[FarEnd, str],
) -> None:
    """T1: the late answer finds nobody waiting."""
    slave = Slave([b"", ANSWER])
    async with serial(wire, slave) as near:
        near.write(ASKED)
        assert await answered(near) == ANSWER
    assert slave.times[1] - slave.times[0] >= TIMEOUT_S + FLUSH_S - 0.02


async def test_a_shorter_answer_is_none(wire: tuple[FarEnd, str]) -> None:
    """T2: asked for four, got one, and pymodbus says it is no error."""
    async with serial(wire, Slave([MPD[1], FOUR[1]])) as near:
        near.write(FOUR[0])
        assert await answered(near, FOUR[0]) == FOUR[1]


async def test_an_answer_of_another_function_is_none(wire: tuple[FarEnd, str]) -> None:
    """T3: asked with 03, got 04."""
    async with serial(wire, Slave([INPUT[1], MPD[1]])) as near:
        near.write(MPD[0])
        assert await answered(near, MPD[0]) == MPD[1]


async def test_a_wrong_crc_reaches_the_driver_to_be_counted(wire: tuple[FarEnd, str]) -> None:
    """T4: pymodbus drops it without a word."""
    bad = ANSWER[:-1] + b"\xd0"
    driver = RegisterDriver(profile.text("keller-30x"))
    async with serial(wire, Slave([bad, ANSWER])) as near:
        near.write(driver.due(SystemClock().now()))
        received = await near.read()
        assert received.data == bad
        assert driver.receive(received.data, received.at) == []
        assert driver.counts.bad_frames == 1
        assert await answered(near) == ANSWER


async def test_a_frame_behind_noise_is_not_lost(wire: tuple[FarEnd, str]) -> None:
    """T4: pymodbus loses the frame with the noise before it."""
    driver = RegisterDriver(profile.text("keller-30x"))
    async with serial(wire, Slave([b"\x00\xff" + ANSWER])) as near:
        near.write(driver.due(SystemClock().now()))
        received = await near.read()
    (item,) = driver.receive(received.data, received.at)
    assert isinstance(item, Reading)
    assert item.value == 5.0


async def test_requests_have_a_pause_between_them(wire: tuple[FarEnd, str]) -> None:
    """T5: pymodbus sends the next one at once."""
    slave = Slave([ANSWER] * 4)
    async with serial(wire, slave) as near:
        for _ in range(4):
            near.write(ASKED)
        for _ in range(4):
            await near.read()
    pauses = [later - earlier for earlier, later in zip(slave.times, slave.times[1:], strict=False)]
    assert min(pauses) >= PAUSE_S


async def test_a_gap_inside_a_frame_is_borne(wire: tuple[FarEnd, str]) -> None:
    """T5: USB adapters do not keep pauses."""
    async with serial(wire, Slave([[(0.0, ANSWER[:4]), (0.03, ANSWER[4:])]])) as near:
        assert await answered(near) == ANSWER


async def test_a_first_connection_that_fails_is_an_error_and_not_false(tmp_path: Path) -> None:
    """T6: pymodbus returns False and never tries again."""
    server = await serve_tcp(Slave())
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    with pytest.raises(LinkLostError, match="does not answer: check power, network and address"):
        await link(f"tcp://127.0.0.1:{port}").open()
    with pytest.raises(LinkLostError, match="is not there: plug the adapter in"):
        await link(str(tmp_path / "none")).open()


async def test_nothing_reconnects_behind_the_daemon_s_back(wire: tuple[FarEnd, str]) -> None:
    """T7: pymodbus would, after up to 300 s."""
    far_end, port = wire
    near = link(port)
    await near.open()
    far_end.unplug()
    with pytest.raises(LinkLostError, match="was unplugged: plug it in again"):
        await near.read()
    assert {task.get_name() for task in asyncio.all_tasks()} == {
        task.get_name() for task in [asyncio.current_task()] if task
    }
    far_end.plug()
    await asyncio.sleep(0.3)
    with pytest.raises(LinkLostError):
        await near.read()
    assert near._client is not None
    assert not near._client.connected
    near.close()


async def test_a_line_that_stays_silent_is_given_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch, wire: tuple[FarEnd, str]
) -> None:
    """T8: pymodbus keeps a serial line for ever and only its log says that it closed it."""
    monkeypatch.setattr(modbus_link, "TIMEOUT_S", 0.01)
    monkeypatch.setattr(modbus_link, "FLUSH_S", 0.01)
    slave = Slave()
    async with serial(wire, slave) as near:
        for _ in range(SILENT_REQUESTS - 1):
            assert await near.ask(ASKED) == b""
        with pytest.raises(LinkLostError, match="does not answer: check power, wires and address"):
            await near.ask(ASKED)
    assert len(slave.requests) == SILENT_REQUESTS


async def test_a_cable_pulled_during_a_request_is_told_within_its_timeout(
    wire: tuple[FarEnd, str],
) -> None:
    """T9: pymodbus waits for all its retries first."""
    far_end, port = wire
    near = link(port)
    await near.open()
    near.write(ASKED)
    loop = asyncio.get_running_loop()
    loop.call_later(0.05, far_end.unplug)
    begun = loop.time()
    with pytest.raises(LinkLostError, match="was unplugged"):
        await near.read()
    assert loop.time() - begun < TIMEOUT_S + 0.3
    near.close()


async def test_a_line_with_parity_is_opened_again_as_a_killed_process_left_it(
    wire: tuple[FarEnd, str],
) -> None:
    _, port = wire
    for _ in range(3):
        near = ModbusLink(port, LineSettings(19200, parity="E"), SystemClock())
        await near.open()
        near.write(ASKED)
        near.close()
        with pytest.raises(LinkLostError, match="is not open"):
            near.write(ASKED)


async def test_an_adapter_that_cannot_be_set_so_is_refused_with_what_to_mend(
    wire: tuple[FarEnd, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A mock, because only a real adapter can lack a setting.
    def refuse(*_: object) -> None:
        raise termios.error(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(termios, "tcsetattr", refuse)
    near = ModbusLink(wire[1], LineSettings(19200, parity="E"), SystemClock())
    with pytest.raises(LinkRefusedError, match="cannot be set to 19200 8E1: mend `baud`"):
        await near.open()


async def test_a_port_has_one_owner(wire: tuple[FarEnd, str]) -> None:
    """T10: connect() is only False."""
    async with serial(wire, Slave([ANSWER])) as near:
        with pytest.raises(LinkRefusedError, match="is in use by another program"):
            await link(wire[1]).open()
        assert await answered(near) == ANSWER


async def test_requests_are_answered_one_after_the_other(wire: tuple[FarEnd, str]) -> None:
    """T11: one request is under way at a time, and each has its own answer."""
    slave = Slave([[(0.1, ANSWER)], [(0.05, FOUR[1])]])
    async with serial(wire, slave) as near:
        near.write(ASKED)
        near.write(FOUR[0])
        assert [(await near.read()).data for _ in range(2)] == [ANSWER, FOUR[1]]
    assert slave.times[1] - slave.times[0] >= 0.1


async def test_a_device_that_is_not_there_is_silence_and_no_exception(
    wire: tuple[FarEnd, str],
) -> None:
    """T12: pymodbus' own server answers for it; a real bus does not."""
    async with serial(wire, Slave()) as near:
        assert await near.ask(Request(9, Function.HOLDING_REGISTERS, 0, 1).to_bytes()) == b""


async def test_another_device_s_answer_is_none(wire: tuple[FarEnd, str]) -> None:
    other = Reply(2, Function.HOLDING_REGISTERS, ANSWER[3:-2]).to_bytes()
    async with serial(wire, Slave([other])) as near:
        data = await near.ask(ASKED)
    driver = RegisterDriver(profile.text("keller-30x"))
    driver.due(SystemClock().now())
    assert driver.receive(data, SystemClock().now()) == []


async def test_a_line_that_comes_back_is_opened_again(wire: tuple[FarEnd, str]) -> None:
    """T13: the slave here comes back with its cable, as a device does."""
    far_end, _ = wire
    async with serial(wire, Slave([ANSWER])) as near:
        far_end.unplug()
        with pytest.raises(LinkLostError):
            await near.read()
        near.close()
        far_end.plug()
        await near.open()
        assert await answered(near) == ANSWER


async def test_bytes_are_handed_on_as_they_came_for_any_order(wire: tuple[FarEnd, str]) -> None:
    """T14: pymodbus knows no byte order, so it converts nothing here."""
    swapped = Reply(1, Function.HOLDING_REGISTERS, frame("f6 c2 66 e6")).to_bytes()
    async with serial(wire, Slave([swapped])) as near:
        assert await answered(near) == swapped


async def test_a_connection_that_the_device_closes_is_lost() -> None:
    async with tcp(Slave([[(0.0, HANG_UP)]])) as near:
        near.write(ASKED)
        with pytest.raises(LinkLostError, match="closed the connection: check power and network"):
            await near.read()


async def test_tcp_is_silent_as_a_serial_line_is() -> None:
    async with tcp(Slave([b"", ANSWER[:-2]])) as near:
        near.write(ASKED)
        assert await answered(near) == ANSWER


async def test_a_closed_link_can_neither_be_written_nor_read(wire: tuple[FarEnd, str]) -> None:
    near = link(wire[1])
    for _ in range(2):
        with pytest.raises(LinkLostError, match="is not open"):
            near.write(ASKED)
        with pytest.raises(LinkLostError, match="is not open"):
            await near.read()
        await near.open()
        near.close()
        near.close()


async def test_pymodbus_does_not_write_into_the_log(
    wire: tuple[FarEnd, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with serial(wire, Slave()) as near:
            assert await near.ask(ASKED) == b""
    assert [one for one in caplog.records if one.name.startswith("pymodbus")] == []
