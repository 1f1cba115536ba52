from __future__ import annotations

import asyncio
import errno
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import serial
from manual import until

from daemon.clock import SystemClock
from firmware_bridge.far_end import FarEnd
from firmware_bridge.link import LinkLostError, LinkRefusedError
from firmware_bridge.serial_link import READ_SIZE, WAITING_READS, SerialLink
from firmware_bridge.settings import LineSettings
from vitals.reading import Origin

LINE = LineSettings(9600)


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[tuple[FarEnd, str]]:
    far_end = FarEnd(tmp_path / "tty")
    far_end.plug()
    yield far_end, str(tmp_path / "tty")
    far_end.unplug()


def link(port: str) -> SerialLink:
    return SerialLink(port, LINE, SystemClock())


OPENING = """
import asyncio, os, signal, sys
from daemon.clock import SystemClock
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.settings import LineSettings

async def opened():
    line = LineSettings(9600, int(sys.argv[2]), sys.argv[3])
    await SerialLink(sys.argv[1], line, SystemClock()).open()
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(opened())
"""


def killed(port: str, parity: str, bits: int) -> None:
    """Open a port in a process of its own that is killed while it has it."""
    words = [sys.executable, "-c", OPENING, port, str(bits), parity]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL


async def test_what_the_device_sends_arrives_with_one_moment(wire: tuple[FarEnd, str]) -> None:
    far_end, port = wire
    near = link(port)
    await near.open()
    before = SystemClock().now()
    far_end.send(b"\x01\x81")
    received = await near.read()
    assert received.data == b"\x01\x81"
    assert 0 <= received.at.seconds_since(before) < 5
    near.close()


async def test_one_read_drains_what_waits(wire: tuple[FarEnd, str]) -> None:
    far_end, port = wire
    near = link(port)
    await near.open()
    far_end.send(bytes(3000))
    await until(lambda: len(near._reads) > 0)
    assert sum(len(read.data) for read in near._reads) == 3000
    assert all(len(read.data) <= READ_SIZE for read in near._reads)
    near.close()


async def test_what_was_sent_before_the_port_was_opened_is_not_read(
    wire: tuple[FarEnd, str],
) -> None:
    far_end, port = wire
    far_end.send(b"stale")
    await asyncio.sleep(0.05)
    near = link(port)
    await near.open()
    far_end.send(b"fresh")
    assert (await near.read()).data == b"fresh"
    near.close()


async def test_reads_that_nobody_takes_are_bounded(wire: tuple[FarEnd, str]) -> None:
    far_end, port = wire
    near = link(port)
    await near.open()
    for number in range(WAITING_READS + 10):
        far_end.send(bytes([number]))
        await asyncio.sleep(0.002)
    await until(lambda: len(near._reads) == WAITING_READS)
    assert len(near._reads) == WAITING_READS
    near.close()


async def test_a_pulled_cable_ends_the_read_and_leaves_no_reader_to_spin(
    wire: tuple[FarEnd, str],
) -> None:
    far_end, port = wire
    near = link(port)
    await near.open()
    reading = asyncio.ensure_future(near.read())
    await asyncio.sleep(0)
    far_end.unplug()
    with pytest.raises(LinkLostError, match="was unplugged: plug it in again"):
        await reading
    files = asyncio.get_running_loop()._selector.get_map()  # type: ignore[attr-defined]
    assert not any("_drain" in repr(key.data) for key in files.values())


async def test_what_came_before_the_cable_was_pulled_is_still_read(
    wire: tuple[FarEnd, str],
) -> None:
    far_end, port = wire
    near = link(port)
    await near.open()
    far_end.send(b"last")
    await until(lambda: len(near._reads) == 1)
    far_end.unplug()
    await until(lambda: near._lost != "")
    assert (await near.read()).data == b"last"
    with pytest.raises(LinkLostError):
        await near.read()


async def test_a_port_that_comes_back_can_be_opened_again(wire: tuple[FarEnd, str]) -> None:
    far_end, port = wire
    near = link(port)
    await near.open()
    far_end.unplug()
    with pytest.raises(LinkLostError):
        await near.read()
    near.close()
    far_end.plug()
    await near.open()
    far_end.send(b"again")
    assert (await near.read()).data == b"again"
    near.close()


async def test_a_port_is_open_once_only(wire: tuple[FarEnd, str]) -> None:
    _, port = wire
    first, second = link(port), link(port)
    await first.open()
    with pytest.raises(LinkRefusedError, match="is in use by another program: stop that program"):
        await second.open()
    first.close()
    await second.open()
    second.close()


async def test_a_port_that_is_not_there_is_lost_and_not_refused(tmp_path: Path) -> None:
    with pytest.raises(LinkLostError, match="is not there: plug the adapter in, or mend `port`"):
        await link(str(tmp_path / "none")).open()


async def test_a_folder_or_a_file_is_no_serial_port(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(LinkRefusedError, match="is a folder: mend `port`"):
        await link(str(tmp_path)).open()
    with pytest.raises(LinkRefusedError, match="is no serial port: mend `port`"):
        await link(str(file)).open()


@pytest.mark.parametrize("bits", [7, 8])
@pytest.mark.parametrize("parity", ["N", "E", "O"])
async def test_a_port_is_read_again_after_the_process_that_had_it_was_killed(
    wire: tuple[FarEnd, str], parity: Literal["N", "E", "O"], bits: Literal[7, 8]
) -> None:
    far_end, port = wire
    await asyncio.to_thread(killed, port, parity, bits)
    near = SerialLink(port, LineSettings(9600, bits, parity), SystemClock())
    await near.open()
    far_end.send(b"still there")
    assert (await near.read()).data == b"still there"
    near.close()


async def test_an_adapter_that_cannot_be_set_so_is_refused_with_what_to_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A mock, because only a real adapter can lack a setting.
    def refuse(*_: object, **__: object) -> None:
        raise termios.error(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(serial, "Serial", refuse)
    near = SerialLink("/dev/ttyS9", LineSettings(9600, parity="E"), SystemClock())
    with pytest.raises(LinkRefusedError, match=r"/dev/ttyS9 cannot be set to 9600 8E1: mend `baud"):
        await near.open()


async def test_missing_rights_name_the_group(monkeypatch: pytest.MonkeyPatch) -> None:
    # A mock, because the superuser who may run these tests is refused nothing.
    def refuse(*_: object, **__: object) -> None:
        raise serial.SerialException(errno.EACCES, "Permission denied")

    monkeypatch.setattr(serial, "Serial", refuse)
    with pytest.raises(LinkRefusedError, match=r"/dev/ttyS9 may not be opened: .*dialout"):
        await link("/dev/ttyS9").open()


async def test_a_pseudo_terminal_is_simulated_and_a_port_is_measured(
    wire: tuple[FarEnd, str],
) -> None:
    _, port = wire
    assert link(port).origin is Origin.SIMULATED
    assert link("/dev/ttyUSB0").origin is Origin.MEASURED
