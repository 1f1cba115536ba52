"""A raw Modbus device that says what a test tells it to, right or wrong, over a pty or TCP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from firmware_bridge.far_end import FarEnd

REQUEST_BYTES = 8
MBAP_BYTES = 7

Told = bytes | list[tuple[float, bytes]]
"""What to send at once, or portions with the pause before each."""
Answer = Callable[[bytes], Told]


@dataclass
class Slave:
    """Answers each request with the next of `answers`, and with nothing when they are used."""

    answers: list[Told | Answer] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def next(self, request: bytes) -> list[tuple[float, bytes]]:
        self.requests.append(request)
        self.times.append(asyncio.get_running_loop().time())
        told = self.answers.pop(0) if self.answers else b""
        if callable(told):
            told = told(request)
        return [(0.0, told)] if isinstance(told, bytes) else told


async def serve_serial(far_end: FarEnd, slave: Slave) -> None:
    """Answer on a pseudo-terminal until cancelled, also while its cable is out."""
    heard = b""
    while True:
        if far_end.plugged:
            heard += far_end.written()
        while len(heard) >= REQUEST_BYTES:
            request, heard = heard[:REQUEST_BYTES], heard[REQUEST_BYTES:]
            for pause_s, data in slave.next(request):
                await asyncio.sleep(pause_s)
                if far_end.plugged:
                    far_end.send(data)
        await asyncio.sleep(0.002)


async def serve_tcp(slave: Slave) -> asyncio.Server:
    """Answer on a port of this machine; an answer is told without its head, which is added."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readexactly(MBAP_BYTES)
                body = await reader.readexactly(int.from_bytes(head[4:6], "big") - 1)
                for pause_s, data in slave.next(head[6:] + body):
                    await asyncio.sleep(pause_s)
                    if data == HANG_UP:
                        return
                    if data:
                        size = (len(data)).to_bytes(2, "big")
                        writer.write(head[:4] + size + data)
        except asyncio.IncompleteReadError:
            return
        finally:
            writer.close()

    return await asyncio.start_server(talk, "127.0.0.1", 0)


HANG_UP = b"hang up"


@contextmanager
def plugged(folder: Path) -> Iterator[tuple[FarEnd, str]]:
    far_end = FarEnd(folder / "tty")
    far_end.plug()
    yield far_end, str(folder / "tty")
    far_end.unplug()
