"""What monitor and host say to each other.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007): messages 0, 1 and 4,
commands 1, 2, 4 and 5. Command 6 is not in that edition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, IntFlag
from typing import Self

from devices.capnostream.envelope import sealed
from devices.capnostream.numerics import CODE as NUMERICS
from devices.capnostream.numerics import Numerics

RATE_HZ = 20
"""CO2 samples a second."""
WAVE, IDENTITY = 0, 4
LENGTHS = {WAVE: 5, NUMERICS: 28, IDENTITY: 31}
"""Code and data, before escaping."""
IDENTITY_CHARACTERS = 30


class FastStatus(IntFlag):
    """Bits of the status that comes with each CO2 sample."""

    INVALID = 0x01
    INITIALISING = 0x02
    OCCLUSION = 0x04
    END_OF_BREATH = 0x08
    SELF_MAINTENANCE = 0x10
    PURGING = 0x20
    LINE_OFF = 0x40
    """No FilterLine is connected."""
    MALFUNCTION = 0x80


class Command(Enum):
    """What is said to the monitor; none of it has data."""

    ENABLE = 1
    """Begin to communicate: also how the monitor finds the speed of the line."""
    DISABLE = 2
    START = 4
    """Send samples and numerics as they are measured."""
    STOP = 5
    LINK_ACTIVE = 6

    def to_bytes(self) -> bytes:
        """Return the bytes on the wire."""
        return sealed(self.value)

    @classmethod
    def parse(cls, code: int, data: bytes) -> Command | None:
        """Return the command, or None where it is none of these."""
        known = not data and code in {one.value for one in cls}
        return cls(code) if known else None


@dataclass(frozen=True, slots=True)
class Wave:
    """Code 0: one sample of CO2."""

    number: int
    """One more with every sample, modulo 256."""
    co2: int
    """In 1/256 of what the numerics' unit says."""
    status: int
    """Bits of `FastStatus`."""

    def to_bytes(self) -> bytes:
        """Return the bytes on the wire."""
        return sealed(WAVE, bytes((self.number, self.co2 >> 8, self.co2 & 0xFF, self.status)))

    @classmethod
    def from_data(cls, data: bytes) -> Self:
        """Return the sample of four bytes."""
        return cls(data[0], data[1] << 8 | data[2], data[3])


@dataclass(frozen=True, slots=True)
class Identity:
    """Code 4: sent once when communication was enabled."""

    text: str
    """`Vxx.xx mm/dd/yyyy B3nnnnnnnnn` and blanks: version, date, serial number of the monitor."""

    def to_bytes(self) -> bytes:
        """Return the bytes on the wire."""
        return sealed(IDENTITY, self.text.ljust(IDENTITY_CHARACTERS).encode("latin-1"))

    @classmethod
    def from_data(cls, data: bytes) -> Self:
        """Return the identity of 30 characters."""
        return cls(data.decode("latin-1"))


@dataclass(frozen=True, slots=True)
class Withheld:
    """Any other code. Its content is never kept: patient identities come as 2, 12, 57 and 58."""

    code: int


Message = Wave | Numerics | Identity | Withheld
PARSERS: Mapping[int, Callable[[bytes], Message | None]] = {
    WAVE: Wave.from_data,
    NUMERICS: Numerics.from_data,
    IDENTITY: Identity.from_data,
}


def message(code: int, data: bytes) -> Message | None:
    """Return the message, or None where its length is not that of its code or it has no unit."""
    if LENGTHS.get(code, 1 + len(data)) != 1 + len(data):
        return None
    return PARSERS[code](data) if code in PARSERS else Withheld(code)
