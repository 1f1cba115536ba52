"""The floor of one bed: the same ports read on an event loop, and every byte thrown away."""

from __future__ import annotations

import asyncio
import os
import sys

import serial


async def main() -> None:
    """Read until killed."""
    loop = asyncio.get_running_loop()
    for port in sys.argv[1:]:
        opened = serial.Serial(port, timeout=0, exclusive=True)
        loop.add_reader(opened.fileno(), os.read, opened.fileno(), CHUNK)
        PORTS.append(opened)
    await asyncio.Event().wait()


CHUNK = 4096
PORTS: list[serial.Serial] = []

asyncio.run(main())
