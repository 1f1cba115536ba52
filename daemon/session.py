"""One life of one device: open the link, feed its driver, hand on what comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from daemon.picture import Station, Turn
from daemon.unread import Unread
from devices.contract import Counts, Driver
from firmware_bridge.link import Link, LinkLostError
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
        self._driver: Driver | None = None
        """The one that may ask; None while the line is not open."""
        self._fault: Exception | None = None

    def rewire(self, link: Link) -> None:
        """Listen on another link from the next life on; the life on this one ends."""
        before, self._link = self._link, link
        self._driver = None
        before.close()

    async def live(self) -> None:
        """Listen until the link is lost; raises what ended it."""
        station, link = self._station, self._link
        driver = station.entry.driver(station.device.options)
        try:
            await self._open(link)
            station.origin = station.device.origin or link.origin
            station.notes, station.unread = frozenset(), Unread()
            self._turn(Turn.OPENED, self._clock.now())
            self._driver, self._fault = driver, None
            await self._listen(driver, link)
        except LinkLostError:
            if self._fault is not None:
                raise self._fault from None
            raise
        finally:
            self._driver = None
            link.close()
            station.earlier, station.counts = _closed(station, driver.finish()), Counts()

    async def ask(self) -> None:
        """Send ten times a second what the protocol needs to talk at all, for ever.

        A driver that fails here ends its own life: closing the link wakes who listens.
        """
        while True:
            if (driver := self._driver) is not None:
                try:
                    self._send(driver, self._clock.now())
                except LinkLostError:
                    self._driver = None
                except Exception as error:  # noqa: BLE001 - the rim: raised again where it listens
                    self._driver, self._fault = None, error
                    self._link.close()
            await self._clock.sleep(ASK_S)

    async def _open(self, link: Link) -> None:
        await link.open()
        if link is not self._link:
            raise LinkLostError("its port was changed while it was opened")

    async def _listen(self, driver: Driver, link: Link) -> None:
        station = self._station
        while True:
            received = await link.read()
            before = driver.counts
            items = driver.receive(received.data, received.at)
            station.bytes_at, station.counts = received.at, driver.counts
            if station.unread.take(received.data, before, driver.counts, received.at):
                station.heard = received.at
                self._turn(Turn.FRAME, received.at)
            self._keep(items)
            self._items(station, items, received.at)
            self._send(driver, received.at)

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
