"""The dashboard of a bed with four monitors and their waves: its cost, and how soon a key shows.

Beside it stands a program that gives back whatever is typed on the same kind of terminal.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import random
import struct
import subprocess
import sys
import tempfile
import termios
import time
import tty
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from statistics import quantiles

from bench.bed import MONITORS, VAGT, configured, connected, cost, monitor
from bench.row import Row

COLUMNS, ROWS = 120, 40
LETTERS = "abcdefghijklmnopqrst"
ECHO = "import os\nwhile sign := os.read(0, 64): os.write(1, sign)"
RATES = {"25": 20.0, "12.5": 12.0}
"""Frames a second, and what of a core they may cost, in %."""
MEMORY_MIB = 60.0
KEY_MS = 50.0
SETTLING_S = 4.0


async def dashboard(seconds: float) -> list[Row]:
    """Return the rows: CPU at two rates, memory, and from a key to the screen."""
    async with AsyncExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vagt-bench-")))
        ports = {name: root / f"tty-{name}" for name in MONITORS}
        group = await stack.enter_async_context(asyncio.TaskGroup())
        tasks = [group.create_task(monitor(name, port)) for name, port in ports.items()]
        config = configured(root, ports)
        daemon = stack.enter_context(_running([*VAGT, "run", "--config", str(config)]))
        reader, writer = await connected(root / "vagt.sock")
        tasks.append(group.create_task(_drain(reader)))
        show = [*VAGT, "show", "--socket", str(root / "vagt.sock"), "--lang", "en"]
        rows = [row for rate in RATES for row in await _costs([*show, "--frames", rate], seconds)]
        floor = await _keys([sys.executable, "-c", ECHO], b"%s")
        found = await _keys([*show, "--by", "AS"], b"Find %s")
        assert daemon.poll() is None, "the daemon did not live as long as its dashboards"
        writer.close()
        for task in tasks:
            task.cancel()
    p99, least = (quantiles(sorted(some), n=100)[98] for some in (found, floor))
    name = "key to screen p99, 4 monitors"
    return [*rows, Row(name, p99, "ms", KEY_MS, at_least=False, floor=least)]


async def _costs(words: Sequence[str], seconds: float) -> list[Row]:
    """Return what a dashboard costs that nobody touches."""
    async with AsyncExitStack() as stack:
        screen = stack.enter_context(_Terminal(words))
        await screen.until(b"SpO2")
        await asyncio.sleep(SETTLING_S)
        used, memory = await cost(screen.process, seconds)
    rate = words[-1]
    names = f"dashboard, 3 waves, 120x40, {rate} frames/s"
    return [
        Row(f"{names}: CPU", used, "% of a core", RATES[rate], at_least=False),
        Row(f"{names}: memory", memory, "MiB", MEMORY_MIB, at_least=False),
    ]


async def _keys(words: Sequence[str], shown: bytes) -> list[float]:
    """Return how long each of many letters took to the screen, in ms."""
    chance, found = random.Random(1), []
    async with AsyncExitStack() as stack:
        screen = stack.enter_context(_Terminal(words))
        echoes = shown == b"%s"
        await asyncio.sleep(SETTLING_S)
        for _ in range(6):
            screen.type(b"" if echoes else b":")
            await asyncio.sleep(0.5)
            for place, letter in enumerate(LETTERS, 1):
                await asyncio.sleep(chance.uniform(0.05, 0.15))
                typed = letter if echoes else LETTERS[:place]
                found.append(1000 * await screen.press(letter.encode(), shown % typed.encode()))
            screen.type(b"" if echoes else b"\x1b")
            await asyncio.sleep(0.5)
    return found


class _Terminal:
    """A program on a terminal of its own, whose screen is read as it comes."""

    def __init__(self, words: Sequence[str]) -> None:
        self._far, near = pty.openpty()
        tty.setraw(near)
        fcntl.ioctl(near, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        settings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.process = subprocess.Popen(
            words, stdin=near, stdout=near, stderr=near, env=settings, start_new_session=True
        )
        os.close(near)
        self._said = b""
        self._more = asyncio.Event()

    def __enter__(self) -> _Terminal:
        asyncio.get_running_loop().add_reader(self._far, self._read)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.get_running_loop().remove_reader(self._far)
        self.process.kill()
        self.process.wait()
        os.close(self._far)

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._far, keys)

    async def press(self, key: bytes, shown: bytes) -> float:
        """Press a key and return after how many seconds what it leads to is on the screen."""
        self._said, begun = b"", time.perf_counter()
        self.type(key)
        await self.until(shown)
        return time.perf_counter() - begun

    async def until(self, shown: bytes) -> None:
        """Wait until something is on the screen."""
        async with asyncio.timeout(20.0):
            while shown not in self._said:
                self._more.clear()
                await self._more.wait()

    def _read(self) -> None:
        self._said = (self._said + os.read(self._far, 1 << 16))[-(1 << 18) :]
        self._more.set()


async def _drain(reader: asyncio.StreamReader) -> None:
    while await reader.readline():
        pass


@contextmanager
def _running(words: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
