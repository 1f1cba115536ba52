"""Messages of the Capnostream: 85, length, code, data, exclusive or, with two bytes escaped.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007): message structure, codes
0-6 and 55-58. Code 6 is not in that edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Self

from devices.capnostream.numerics import Numerics
from firmware_bridge.checksum import xor8

HEADER = 0x85
"""Begins a message and stands nowhere else on the wire."""
ESCAPE = 0x80
"""This byte plus the next is the byte that was meant."""
ESCAPED = frozenset((0x00, HEADER - ESCAPE))
"""All that may follow an escape."""
RATE_HZ = 20
"""CO2 samples a second."""
WAVE, NUMERICS, IDENTITY = 0, 1, 4
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


def escaped(plain: bytes) -> bytes:
    """Return `plain` as it is sent behind the header."""
    return b"".join(
        bytes((ESCAPE, byte - ESCAPE)) if byte in (ESCAPE, HEADER) else bytes((byte,))
        for byte in plain
    )


def sealed(code: int, data: bytes = b"") -> bytes:
    """Return a whole message; the sum is of the plain bytes and is escaped like them."""
    plain = bytes((1 + len(data), code)) + data
    return bytes((HEADER,)) + escaped(plain + bytes((xor8(plain),)))


class Command(IntEnum):
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
        return sealed(self)

    @classmethod
    def parse(cls, code: int, data: bytes) -> Command | None:
        """Return the command, or None where it is none of these."""
        return cls(code) if not data and code in list(cls) else None


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


def message(code: int, data: bytes) -> Message | None:
    """Return the message, or None where the length is not that of its code."""
    if LENGTHS.get(code, 1 + len(data)) != 1 + len(data):
        return None
    match code:
        case 0:
            return Wave.from_data(data)
        case 1:
            return Numerics.from_data(data)
        case 4:
            return Identity.from_data(data)
        case _:
            return Withheld(code)
