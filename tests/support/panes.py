"""A real terminal for a test: tmux with a server of its own."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from digits import read_digits

BRAILLE = range(0x2801, 0x2900)
SIZELESS = ("env", "-u", "COLUMNS", "-u", "LINES")
"""The test process carries a size of its own (readline sets it); the terminal's is the true one."""


class Pane:
    """One terminal with one program in it."""

    def __init__(self, server: Path) -> None:
        self._tmux = ("tmux", "-u", "-S", str(server))

    def start(self, words: Sequence[str], columns: int, rows: int) -> None:
        size = ("-x", str(columns), "-y", str(rows))
        self._run("-f", "/dev/null", "new-session", "-d", *size, *SIZELESS, *words)

    def lines(self) -> list[str]:
        return self._run("capture-pane", "-p").splitlines()

    def wave(self) -> list[str]:
        """Return the rows that hold a wave."""
        return [line for line in self.lines() if any(ord(sign) in BRAILLE for sign in line)]

    def digits(self) -> list[str]:
        return read_digits(self.lines())

    def record(self, output: Path) -> None:
        """Keep every byte that the program writes from now on."""
        self._run("pipe-pane", "-o", f"cat >> '{output}'")

    def press(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    async def until(self, true: Callable[[], object], within_s: float = 10.0) -> float:
        """Look until something is true, or fail; return how long it took."""
        begun = time.monotonic()
        while not true():
            assert time.monotonic() - begun < within_s, "\n".join(self.lines())
            await asyncio.sleep(0.05)
        return time.monotonic() - begun

    def alive(self) -> bool:
        return (
            subprocess.run(
                [*self._tmux, "has-session"], capture_output=True, check=False
            ).returncode
            == 0
        )

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)

    def _run(self, *words: str) -> str:
        done = subprocess.run([*self._tmux, *words], capture_output=True, text=True, check=True)
        return done.stdout


@contextmanager
def pane(folder: Path, *words: str, columns: int, rows: int) -> Iterator[Pane]:
    """Run a program in a terminal of a size."""
    made = Pane(folder / "tmux")
    made.start(words, columns, rows)
    try:
        yield made
    finally:
        made.close()
