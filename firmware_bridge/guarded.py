"""A link behind a name: opened only while the name can mean one adapter."""

from __future__ import annotations

from firmware_bridge.link import Link, Received
from firmware_bridge.ports import Ports
from vitals.reading import Origin


class Guarded:
    """A link that is opened only while its port's name can mean one adapter; implements `Link`."""

    def __init__(self, link: Link, port: str, ports: Ports) -> None:
        self._link = link
        self._port = port
        self._ports = ports

    @property
    def origin(self) -> Origin:
        """Return the origin of the link itself."""
        return self._link.origin

    async def open(self) -> None:
        """Open the link; LinkRefusedError, besides its own errors, when the name is in doubt."""
        self._ports.check(self._port)
        await self._link.open()

    async def read(self) -> Received:
        """Read as the link does."""
        return await self._link.read()

    def write(self, data: bytes) -> None:
        """Write as the link does."""
        self._link.write(data)

    def close(self) -> None:
        """Close the link."""
        self._link.close()
