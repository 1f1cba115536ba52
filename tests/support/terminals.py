"""A bare pseudo-terminal for a test: every byte that a program writes, and no emulator."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager

COLUMNS, ROWS = 120, 40


@contextmanager
def terminal(*words: str, **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run a program on a terminal of its own, without being who hears when that goes."""
    far, near = pty.openpty()
    fcntl.ioctl(near, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    sizeless = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        words,
        stdin=near,
        stdout=near,
        stderr=near,
        env={**sizeless, **environment},
        start_new_session=True,
    )
    os.close(near)
    try:
        yield process, far
    finally:
        process.kill()
        process.wait()
