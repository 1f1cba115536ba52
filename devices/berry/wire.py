"""The packet of Berry's BCI protocol: five bytes without a check, 100 times a second.

Document: Berry Medical, "BCI Protocol V1.2", the packet table. The newer Berry protocol V1.5 has
packets of twenty bytes and is another one; Contec's five bytes look alike and mean other things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

PACKET_BYTES = 5
RATE_HZ = 100
MISSING_SPO2 = 127
MISSING_RATE = 255
NO_PLETH = 0
FULL_SATURATION = 100
START = re.compile(rb"[\x80-\xff]")
WHOLE = re.compile(rb"[\x80-\xff][\x00-\x7f]{4}")
"""Bit 7 is set on the first byte alone."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Five bytes."""

    beep: bool
    """A beat; byte 1 bit 6."""
    unplugged: bool
    """The probe; byte 1 bit 5."""
    no_signal: bool
    """Byte 1 bit 4."""
    strength: int
    """Of the signal, 0..8; byte 1 bits 3-0."""
    pleth: int
    """1..100, 0 where there is none; byte 2."""
    searching: bool
    """For a pulse; byte 3 bit 5."""
    no_finger: bool
    """Byte 3 bit 4."""
    bar: int
    """0..15; byte 3 bits 3-0."""
    pulse_rate: int
    """/min, 0..255; bit 6 of byte 3 is its highest bit, byte 4 the others."""
    spo2: int
    """%; byte 5."""

    @property
    def faulty(self) -> bool:
        """Tell whether the device measures nothing, whatever the numbers say."""
        return self.unplugged or self.no_signal or self.searching or self.no_finger

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of five bytes, or None where the saturation cannot be one."""
        first, pleth, third, rate, spo2 = data
        if spo2 > FULL_SATURATION and spo2 != MISSING_SPO2:
            return None
        return cls(
            beep=bool(first & 0x40),
            unplugged=bool(first & 0x20),
            no_signal=bool(first & 0x10),
            strength=first & 0x0F,
            pleth=pleth,
            searching=bool(third & 0x20),
            no_finger=bool(third & 0x10),
            bar=third & 0x0F,
            pulse_rate=(third & 0x40) << 1 | rate,
            spo2=spo2,
        )

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        first = 0x80 | self.beep << 6 | self.unplugged << 5 | self.no_signal << 4 | self.strength
        third = self.pulse_rate >> 7 << 6 | self.searching << 5 | self.no_finger << 4 | self.bar
        return bytes((first, self.pleth, third, self.pulse_rate & 0x7F, self.spo2))
