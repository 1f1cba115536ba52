"""The requests of Modbus that may leave this machine: those that read.

Document: "MODBUS Application Protocol Specification V1.1b3", 6.1 to 6.4.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from firmware_bridge.checksum import crc16_modbus
from firmware_bridge.link import LinkRefusedError

FUNCTIONS = (1, 2, 3, 4)
BIT_FUNCTIONS = (1, 2)
MOST_BITS, MOST_WORDS = 2000, 125
FRAME = struct.Struct(">BBHHH")


class WriteRefusedError(LinkRefusedError):
    """What was to be sent is no request to read: it never leaves this machine."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is read: so many registers or bits, from an address on."""

    unit: int
    function: int
    start: int
    count: int

    @property
    def of_bits(self) -> bool:
        """Tell whether bits are read, and not registers."""
        return self.function in BIT_FUNCTIONS

    @classmethod
    def parse(cls, data: bytes) -> Request:
        """Return the request in an RTU frame; WriteRefusedError for anything but a read."""
        intact = len(data) == FRAME.size and data[-2:] == crc(data[:-2])
        if not intact or data[1] not in FUNCTIONS:
            shown = data[:8].hex(" ") or "nothing"
            raise WriteRefusedError(
                f"{shown} is no request to read: only functions 1 to 4 are sent"
            )
        unit, function, start, count, _ = FRAME.unpack(data)
        request = cls(unit, function, start, count)
        most = MOST_BITS if request.of_bits else MOST_WORDS
        if not 1 <= count <= most:
            raise WriteRefusedError(f"{count} at once is not possible: ask for 1 to {most}")
        return request


def crc(body: bytes) -> bytes:
    """Return the check that stands behind the rest of an RTU frame."""
    return struct.pack("<H", crc16_modbus(body))
