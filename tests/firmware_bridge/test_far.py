from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import pytest
from manual import until

from daemon.clock import SystemClock
from firmware_bridge.far_end import BYTE_S, FarEnd, FarEndError, pump
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.settings import LineSettings


class Parrot:
    """Says one long word once, and repeats what it is told."""

    def __init__(self, word: bytes) -> None:
        self.due = word
        self.told = b""

    def receive(self, data: bytes) -> None:
        self.told += data

    def emit(self, elapsed_s: float) -> bytes:
        assert elapsed_s >= 0
        due, self.due = self.due, b""
        return due


async def pumped(far_end: FarEnd, parrot: Parrot, seconds: float, **options: bool) -> None:
    plugged = options.pop("plugged", True)
    task = asyncio.create_task(
        pump(far_end, parrot, SystemClock(), cable_in=lambda _: plugged, **options)
    )
    await asyncio.sleep(seconds)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_path_that_is_taken_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "precious"
    path.write_text("data")
    with pytest.raises(FarEndError, match="exists and is no link: choose another path"):
        FarEnd(path).plug()
    assert path.read_text() == "data"


async def test_a_path_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FarEndError, match="cannot be made"):
        FarEnd(tmp_path / "none" / "tty").plug()


async def test_a_stale_link_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "tty"
    path.symlink_to("/dev/pts/gone")
    far_end = FarEnd(path)
    far_end.plug()
    assert path.exists()
    far_end.unplug()
    assert not path.is_symlink()


async def test_the_device_hears_what_is_written_to_it(tmp_path: Path) -> None:
    far_end, parrot = FarEnd(tmp_path / "tty"), Parrot(b"")
    far_end.plug()
    near = os.open(tmp_path / "tty", os.O_RDWR | os.O_NOCTTY)
    os.write(near, b"hello")
    await pumped(far_end, parrot, 0.1)
    os.close(near)
    assert parrot.told == b"hello"


async def test_a_line_that_nobody_reads_loses_bytes_and_does_not_block(tmp_path: Path) -> None:
    far_end = FarEnd(tmp_path / "tty")
    far_end.plug()
    for _ in range(100):
        far_end.send(bytes(4096))
    assert far_end.plugged
    far_end.unplug()


async def test_an_unplugged_far_end_leaves_no_port(tmp_path: Path) -> None:
    await pumped(FarEnd(tmp_path / "tty"), Parrot(b"x"), 0.05, plugged=False)
    assert not (tmp_path / "tty").is_symlink()


async def test_byte_by_byte_is_the_pace_of_the_line(tmp_path: Path) -> None:
    far_end, word = FarEnd(tmp_path / "tty"), bytes(range(100))
    far_end.plug()
    near = SerialLink(str(tmp_path / "tty"), LineSettings(9600), SystemClock())
    await near.open()
    got: list[bytes] = []

    async def listen() -> None:
        while sum(map(len, got)) < len(word):
            got.append((await near.read()).data)

    listening = asyncio.create_task(listen())
    await pumped(far_end, Parrot(word), 100 * BYTE_S + 0.3, byte_by_byte=True)
    await until(listening.done)
    near.close()
    assert b"".join(got) == word
    assert len(got) > 50
