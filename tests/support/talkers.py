"""Devices that were left talking: they say what they say, whoever listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from clinics import BED
from streams import spoken

from daemon.clock import SystemClock
from firmware_bridge.far_end import FarEnd, pump

BYTES_S = 960
"""A line of 9600 baud, full."""


class Talker:
    """Says a device's bytes again and again; implements `firmware_bridge.far_end.Peer`."""

    def __init__(self, protocol: str) -> None:
        self._said = spoken(protocol)
        self._sent = 0

    def receive(self, data: bytes) -> None:
        """Take no notice."""

    def emit(self, elapsed_s: float) -> bytes:
        due, begun = int(elapsed_s * BYTES_S), self._sent
        self._sent = due
        return bytes(self._said[place % len(self._said)] for place in range(begun, due))


def table(name: str, protocol: str, port: Path) -> str:
    """Return one more device for a configuration."""
    return f"""
[[device]]
name = "{name}"
protocol = "{protocol}"
port = "{port}"
bed = "{BED}"
"""


@asynccontextmanager
async def talking(ports: Iterable[tuple[Path, str]]) -> AsyncIterator[None]:
    """Let a device talk at each port while the context lasts; its task has the port's name."""
    tasks = [
        asyncio.create_task(
            pump(FarEnd(port), Talker(protocol), SystemClock(), cable_in=lambda _: True),
            name=str(port),
        )
        for port, protocol in ports
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
