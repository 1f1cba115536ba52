"""What the daemon asks of any wire, whatever carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from vitals.instant import Instant
from vitals.reading import Origin
from vitals.vocabulary import Fault


class LinkError(Exception):
    """A link cannot be used; the message is one line that says what is wrong and how to mend it.

    `fault` says the same to a program.
    """

    def __init__(self, message: str, fault: Fault = Fault.OTHER) -> None:
        super().__init__(message)
        self.fault = fault


class LinkLostError(LinkError):
    """The wire is gone or not there yet: opening it again later may help by itself."""


class LinkRefusedError(LinkError):
    """The port is there and may not be used: somebody has to mend something first."""


@dataclass(frozen=True, slots=True)
class Received:
    """What one read brought, stamped once."""

    data: bytes
    at: Instant


class Link(Protocol):
    """A wire to a device, opened again after every loss."""

    @property
    def origin(self) -> Origin:
        """Return where its values come from; meaningful once it is open."""
        ...

    async def open(self) -> None:
        """Open the wire, or raise LinkLostError or LinkRefusedError."""
        ...

    async def read(self) -> Received:
        """Wait for bytes and return them, or raise LinkLostError when the wire is gone."""
        ...

    def write(self, data: bytes) -> None:
        """Send bytes without waiting; LinkLostError when the wire is gone."""
        ...

    def close(self) -> None:
        """Let go of the wire; closing twice is harmless."""
        ...
