"""The live packet of CMS50 firmware 4.6 and later: nine bytes without a check, 60 times a second.

The maker publishes no document; the layout is that of timegrid's CMS50Dplus7 and of recordings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from devices.contec.wire import plausible

MISSING_INDEX = 0xFFFF
LIVE = 0x01
"""The type of a packet that holds a measurement of now; the others are as long as nobody knows."""


@dataclass(frozen=True, slots=True)
class NewFrame:
    """Nine bytes: type, high bits, seven data bytes d0..d6; bit 7 is clear on the first alone.

    Bit 7 of d_i travels as bit i of the second byte.
    """

    BYTES: ClassVar[int] = 9
    START: ClassVar[re.Pattern[bytes]] = re.compile(rb"[\x00-\x7f]")
    WHOLE: ClassVar[re.Pattern[bytes]] = re.compile(rb"\x01[\x80-\xff]{8}")

    probe_error: bool
    """d0 bit 7."""
    beep: bool
    """d0 bit 6."""
    dropping: bool
    """The saturation is low; d0 bit 5."""
    finger_out: bool
    """Searched for too long; d0 bit 4."""
    strength: int
    """0..15; d0 bits 3-0."""
    searching: bool
    """d1 bit 7."""
    pleth: int
    """0..127; d1 bits 6-0."""
    index_flag: bool
    """d2 bit 4; set with and without a perfusion index, so it says nothing."""
    bar: int
    """0..15; d2 bits 3-0."""
    pulse_rate: int
    """/min; d3."""
    spo2: int
    """%; d4."""
    perfusion_index: int
    """In hundredths of a percent; d5 and d6, the low byte first."""

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of nine bytes, or None where the saturation cannot be one."""
        first, second, third, rate, spo2, low, high = unpacked(data)
        if not plausible(spo2):
            return None
        return cls(
            probe_error=bool(first & 0x80),
            beep=bool(first & 0x40),
            dropping=bool(first & 0x20),
            finger_out=bool(first & 0x10),
            strength=first & 0x0F,
            searching=bool(second & 0x80),
            pleth=second & 0x7F,
            index_flag=bool(third & 0x10),
            bar=third & 0x0F,
            pulse_rate=rate,
            spo2=spo2,
            perfusion_index=high << 8 | low,
        )

    def to_bytes(self) -> bytes:
        """Return the nine bytes on the wire."""
        first = (
            self.probe_error << 7
            | self.beep << 6
            | self.dropping << 5
            | self.finger_out << 4
            | self.strength
        )
        second = self.searching << 7 | self.pleth
        third = self.index_flag << 4 | self.bar
        index = (self.perfusion_index & 0xFF, self.perfusion_index >> 8)
        return packed(LIVE, bytes((first, second, third, self.pulse_rate, self.spo2, *index)))


def unpacked(data: bytes) -> bytes:
    """Return the seven data bytes of nine, their bit 7 restored from the second byte."""
    return bytes(byte & 0x7F | (data[1] >> place & 1) << 7 for place, byte in enumerate(data[2:]))


def packed(kind: int, data: bytes) -> bytes:
    """Return nine bytes of type `kind` that hold seven data bytes."""
    high = sum((byte >> 7) << place for place, byte in enumerate(data))
    return bytes((kind, 0x80 | high, *(byte | 0x80 for byte in data)))
