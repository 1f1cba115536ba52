"""Bytes that a device's protocol makes nothing of: kept for a while, and guessed at on request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from daemon.picture import Picture, Station
from daemon.protocol.commands import Incoming, Look, Order
from daemon.protocol.daylist import ListOrder
from daemon.protocol.looks import Likeness
from daemon.protocol.looks import Looks as Said
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer
from devices.catalogue import PROTOCOLS
from devices.guess import likenesses
from vitals.vocabulary import DeviceState


class Looks:
    """Answers what unread bytes look like; every other request goes on to `order`."""

    def __init__(
        self, picture: Picture, order: Callable[[Order | ListOrder], Awaitable[Answer]]
    ) -> None:
        self._picture = picture
        self._order = order
        self._one_at_a_time = asyncio.Lock()

    async def answer(self, request: Incoming) -> Message:
        """Return the answer to any request."""
        if not isinstance(request, Look):
            return await self._order(request)
        async with self._one_at_a_time:
            kept = [
                (station.device.name, station.unread.kept)
                for station in self._picture.stations
                if _unread(station)
            ]
            # Every decoder is tried: in a thread, because the watch goes on meanwhile.
            return await asyncio.to_thread(_said, request.id, kept)


def _unread(station: Station) -> bool:
    return station.state is not DeviceState.RECEIVING and bool(station.unread.kept)


def _said(number: str, kept: list[tuple[str, bytes]]) -> Said:
    return Said(number, tuple(_likeness(name, data) for name, data in kept))


def _likeness(name: str, data: bytes) -> Likeness:
    found = likenesses(data, PROTOCOLS.values())
    return Likeness(name, len(data), tuple(likeness.protocol for likeness in found))
