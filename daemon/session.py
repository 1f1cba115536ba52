"""One life of one device: open the link, feed its driver, hand on what comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from daemon.picture import Station, Turn
from devices.contract import Counts, Driver
from firmware_bridge.link import Link
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.reading import Item, Notes, Reading

ASK_S = 0.1


class Session:
    """Ties a station to its link; what changes is told to `changed` and `items`."""

    def __init__(
        self,
        station: Station,
        link: Link,
        clock: Clock,
        changed: Callable[[Station, Instant], None],
        items: Callable[[Station, Sequence[Item], Instant], None],
    ) -> None:
        self._station = station
        self._link = link
        self._clock = clock
        self._changed = changed
        self._items = items

    async def live(self) -> None:
        """Listen until the link is lost; raises what ended it."""
        station = self._station
        driver = station.entry.driver(station.device.options)
        try:
            await self._link.open()
            station.origin = station.device.origin or self._link.origin
            station.notes = frozenset()
            self._turn(Turn.OPENED, self._clock.now())
            async with asyncio.TaskGroup() as group:
                group.create_task(self._listen(driver), name=f"{station.device.name} listens")
                group.create_task(self._ask(driver), name=f"{station.device.name} asks")
        except BaseExceptionGroup as group:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                # The wire was lost in the very moment of being told to stop: stopping goes first.
                raise asyncio.CancelledError from group
            raise group.exceptions[0] from group
        finally:
            self._link.close()
            station.earlier, station.counts = _closed(station, driver.finish()), Counts()

    async def _listen(self, driver: Driver) -> None:
        station = self._station
        while True:
            received = await self._link.read()
            frames = driver.counts.frames
            items = driver.receive(received.data, received.at)
            station.bytes_at, station.counts = received.at, driver.counts
            if driver.counts.frames > frames:
                station.heard = received.at
                self._turn(Turn.FRAME, received.at)
            self._keep(items)
            self._items(station, items, received.at)
            self._send(driver, received.at)

    async def _ask(self, driver: Driver) -> None:
        """Send what the protocol needs to talk at all, also while nothing comes."""
        while True:
            self._send(driver, self._clock.now())
            await self._clock.sleep(ASK_S)

    def _send(self, driver: Driver, now: Instant) -> None:
        if data := driver.due(now):
            self._link.write(data)

    def _keep(self, items: Sequence[Item]) -> None:
        for item in items:
            match item:
                case Reading():
                    self._station.readings[item.measure, item.site] = item
                case Notes():
                    self._station.notes = item.notes
                case _:
                    pass

    def _turn(self, turn: Turn, now: Instant) -> None:
        if self._station.turn(turn, now):
            self._changed(self._station, now)


def _closed(station: Station, last: Counts) -> Counts:
    station.counts = last
    return station.totals()
