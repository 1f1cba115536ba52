"""A raw TCP connection to a serial server; implements `Link`."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from firmware_bridge.link import LinkLostError, LinkRefusedError, Received
from firmware_bridge.tally import Tally
from vitals.clock import Clock
from vitals.reading import Origin
from vitals.vocabulary import Fault

READ_SIZE = 4096
SCHEME = "tcp"


class TcpLink:
    """One connection to `tcp://host:port`; nothing is sent that the driver did not ask for."""

    def __init__(self, port: str, clock: Clock, tally: Tally | None = None) -> None:
        self._port = port
        self._tally = tally or Tally()
        self._clock = clock
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def origin(self) -> Origin:
        """Return measured: what stands behind a serial server cannot be seen from here."""
        return Origin.MEASURED

    async def open(self) -> None:
        """Connect, or raise LinkLostError; LinkRefusedError when the address cannot be meant."""
        host, number = address(self._port)
        try:
            with self._tally.opening():
                self._streams = await asyncio.open_connection(host, number)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise self._away(f"{self._port}: {reason}") from error

    async def read(self) -> Received:
        """Return what came; LinkLostError when the other end hangs up."""
        if self._streams is None:
            raise LinkLostError(f"{self._port} is not open")
        try:
            data = await self._streams[0].read(READ_SIZE)
        except OSError as error:
            raise self._gone() from error
        if not data:
            raise self._gone()
        self._tally.link_took(len(data))
        return Received(data, self._clock.now())

    def write(self, data: bytes) -> None:
        """Send bytes without waiting."""
        if self._streams is None:
            raise LinkLostError(f"{self._port} is not open")
        self._streams[1].write(data)
        self._tally.link_gave(len(data))

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None
            self._tally.link_closed()

    def _gone(self) -> LinkLostError:
        return self._away(f"{self._port} hung up")

    def _away(self, what: str) -> LinkLostError:
        return LinkLostError(f"{what}: see that the server is on", Fault.UNREACHABLE)


def address(port: str, default: int | None = None) -> tuple[str, int]:
    """Return host and number of `tcp://host:number`; LinkRefusedError when it is no such.

    `default` is the number of an address that names none.
    """
    try:
        parts = urlsplit(port)
        host, number = parts.hostname, parts.port
    except ValueError:
        host, number = None, None
    number = default if number is None else number
    if not host or number is None:
        remedy = f"write {SCHEME}://host:number"
        raise LinkRefusedError(f"{port} is no address: {remedy}", Fault.NO_PORT)
    return host, number
