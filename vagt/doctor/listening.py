"""Listens at a port that no device uses, at every usual setting; nothing is ever written."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from devices.catalogue import PROTOCOLS
from devices.guess import likenesses
from firmware_bridge.link import LinkError, LinkLostError
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.settings import LineSettings
from vitals.clock import Clock

EACH_S = 3.0
"""Longer than any monitor that speaks unasked is silent."""
ENOUGH = 64
"""Bytes after which a guess is worth while."""


def settings() -> tuple[LineSettings, ...]:
    """Return the line settings of every protocol that can be guessed, the commonest first."""
    lines = [entry.line for entry in PROTOCOLS.values() if entry.checked]
    return tuple(sorted(set(lines), key=lambda line: (-lines.count(line), str(line))))


def heard(port: str, clock: Clock) -> str:
    """Return what is heard at a port, in a few words."""
    try:
        return asyncio.run(_tried(port, clock))
    except LinkError as error:
        return str(error)


async def _tried(port: str, clock: Clock) -> str:
    most = 0
    for line in settings():
        data = await _listened(port, line, clock)
        most = max(most, len(data))
        if names := _guessed(data):
            return f"{' or '.join(names)} is heard at {line}"
    if most:
        return "bytes come that look like nothing that can be told by itself"
    return "nothing is heard (a monitor that is asked says nothing unasked)"


async def _listened(port: str, line: LineSettings, clock: Clock) -> bytes:
    """Return what comes within some seconds, or until it can be recognised."""
    link, data = SerialLink(port, line, clock), bytearray()
    await link.open()

    async def listen() -> None:
        with suppress(LinkLostError):
            while len(data) < ENOUGH or not _guessed(data):
                data.extend((await link.read()).data)

    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(listen(), name="listen")
            await asyncio.wait([task], timeout=EACH_S)
            task.cancel()
    finally:
        link.close()
    return bytes(data)


def _guessed(data: bytes | bytearray) -> tuple[str, ...]:
    found = likenesses(bytes(data), PROTOCOLS.values())
    return tuple(likeness.protocol for likeness in found)
