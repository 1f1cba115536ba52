"""Frames of Nonin's data formats 1 and 8: what the display shows, once a second, unchecked.

Documents: format 8, Nonin, "9560 Bluetooth specification" (6470-000-01), data format 8; format 1,
a public transcription of the older OEM format, which is that of format 8 without its fourth byte.
The numbers are the -D ones (4 beats): held for 10 s after the finger has gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntFlag
from typing import ClassVar, Self

_FIRST = re.compile(b"[\x80-\xff]")
"""Bit 7 is set in the first byte of a frame and clear in the others: there is no other check."""
_DF1 = re.compile(b"[\x80-\xff][\x00-\x7f]{2}")
_DF8 = re.compile(b"[\x80-\xff][\x00-\x7f]{3}")


class Mark(IntFlag):
    """Bits of the first byte; the lowest two are HR8 and HR7."""

    FIRST = 0x80
    SNSD = 0x40
    """Sensor disconnected; format 1 alone, reserved in format 8."""
    OOT = 0x20
    """Out of track: no consecutive good pulses."""
    LPRF = 0x10
    """Low perfusion, for as long as it lasts."""
    MPRF = 0x08
    """Marginal perfusion, likewise."""
    ARTF = 0x04
    """Artefact."""


class Extra(IntFlag):
    """Bits of the fourth byte of format 8; the others are reserved and move."""

    SPA = 0x20
    """High-quality SmartPoint measurement."""
    SNSA = 0x08
    """Sensor alarm: the data are unusable, as when the finger is removed."""
    LOW_BAT = 0x01


_RATE_BITS = 0x03
_MARKS = 0x7C


@dataclass(frozen=True, slots=True)
class Df1Frame:
    """A frame of format 1: marks with HR8..7, HR6..0, SpO2-D."""

    BYTES: ClassVar[int] = 3
    MARK: ClassVar[re.Pattern[bytes]] = _FIRST
    HAS_START_BYTE: ClassVar[bool] = True

    marks: int
    """Bits of `Mark`, the first byte's bit 7 and rate not among them."""
    hr: int
    """Nine bits, /min."""
    spo2: int
    """Seven bits, %."""

    def to_bytes(self) -> bytes:
        """Return the three bytes on the wire."""
        return _head(self.marks, self.hr, self.spo2)

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of three bytes, or None where bit 7 is not 1, 0, 0."""
        return cls(*_shown(data)) if _DF1.fullmatch(data) else None


@dataclass(frozen=True, slots=True)
class Df8Frame:
    """A frame of format 8: marks with HR8..7, HR6..0, SpO2-D, more marks."""

    BYTES: ClassVar[int] = 4
    MARK: ClassVar[re.Pattern[bytes]] = _FIRST
    HAS_START_BYTE: ClassVar[bool] = True

    marks: int
    """Bits of `Mark`, the first byte's bit 7 and rate not among them."""
    hr: int
    """Nine bits, /min."""
    spo2: int
    """Seven bits, %."""
    extra: int
    """Bits of `Extra`."""

    def to_bytes(self) -> bytes:
        """Return the four bytes on the wire."""
        return _head(self.marks, self.hr, self.spo2) + bytes((self.extra,))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of four bytes, or None where bit 7 is not 1, 0, 0, 0."""
        return cls(*_shown(data), data[3]) if _DF8.fullmatch(data) else None


def _head(marks: int, hr: int, spo2: int) -> bytes:
    return bytes((Mark.FIRST | marks | hr >> 7, hr & 0x7F, spo2))


def _shown(data: bytes) -> tuple[int, int, int]:
    """Return marks, rate and saturation of a frame's first three bytes."""
    return data[0] & _MARKS, (data[0] & _RATE_BITS) << 7 | data[1], data[2]
