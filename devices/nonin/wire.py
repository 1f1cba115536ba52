"""Frames of Nonin's data formats 2 and 7: five bytes, 75 times a second.

Document: Nonin, "9560 Bluetooth specification" (Onyx II Model 9560, OEM Specification and Technical
Information, 6470-000-01), p. 8-11 (format 2) and 12-13 (format 7). Bit 6 of STATUS is reserved
there; its meaning is that of the OEM III module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntFlag
from typing import ClassVar, Self

from firmware_bridge.checksum import sum8

FRAME_BYTES = 5
RATE_HZ = 75
START = 0x01
"""The first byte of every frame of format 2 (p. 9); format 7 has no such mark."""


class Status(IntFlag):
    """Bits of the STATUS byte, all active high (p. 9)."""

    ALWAYS = 0x80
    SNSD = 0x40
    """Sensor disconnected (OEM III)."""
    ARTF = 0x20
    """Artefact in this pulse; set only while the pulse lasts."""
    OOT = 0x10
    """Out of track: no consecutive good pulses."""
    SNSA = 0x08
    """Sensor alarm: the data are unusable, as when the finger is removed."""
    RPRF = 0x04
    """Red perfusion; with GPRF it is yellow."""
    GPRF = 0x02
    """Green perfusion."""
    SYNC = 0x01
    """The first frame of a packet."""


_ALWAYS = int(Status.ALWAYS)  # looked up once: it is asked for every byte of a broken stream


@dataclass(frozen=True, slots=True)
class Df2Frame:
    """A frame of format 2 (p. 8-9): 0x01, STATUS, PLETH, FLOAT, CHK."""

    BYTES: ClassVar[int] = FRAME_BYTES
    FULL_SCALE: ClassVar[int] = 0xFF
    MARK: ClassVar[re.Pattern[bytes]] = re.compile(b"\x01")
    HAS_START_BYTE: ClassVar[bool] = True

    status: int
    """Bits of `Status`."""
    pleth: int
    """0..255."""
    number: int
    """The FLOAT byte: a piece of the packet's numbers, by the frame's place in the packet."""

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        body = bytes((START, self.status, self.pleth, self.number))
        return body + bytes((sum8(body),))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of five bytes, or None where start, STATUS bit 7 or sum do not fit."""
        start, status, pleth, number, check = data
        if start != START or not status & _ALWAYS or sum8(data[:4]) != check:
            return None
        return cls(status, pleth, number)


@dataclass(frozen=True, slots=True)
class Df7Frame:
    """A frame of format 7 (p. 12-13): STATUS, PLETH high and low, FLOAT, CHK."""

    BYTES: ClassVar[int] = FRAME_BYTES
    FULL_SCALE: ClassVar[int] = 0xFFFF
    MARK: ClassVar[re.Pattern[bytes]] = re.compile(b"[\x80-\xff]")
    HAS_START_BYTE: ClassVar[bool] = False

    status: int
    """Bits of `Status`."""
    pleth: int
    """0..65535."""
    number: int
    """The FLOAT byte: a piece of the packet's numbers, by the frame's place in the packet."""

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        body = bytes((self.status, self.pleth >> 8, self.pleth & 0xFF, self.number))
        return body + bytes((sum8(body),))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of five bytes, or None where STATUS bit 7 or the sum do not fit."""
        status, high, low, number, check = data
        if not status & _ALWAYS or sum8(data[:4]) != check:
            return None
        return cls(status, high << 8 | low, number)


Frame = Df2Frame | Df7Frame
Shape = type[Df2Frame] | type[Df7Frame]
