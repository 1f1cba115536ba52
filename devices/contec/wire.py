"""The live packet of the older CMS50 firmware: five bytes without a check, 60 times a second.

The maker publishes no document; the layout is that of atbrask's CMS50Dplus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

RATE_HZ = 60
MISSING_SPO2 = 127
MISSING_RATE = 255
FULL_SATURATION = 100


def plausible(spo2: int) -> bool:
    """Tell whether a saturation byte is one that a device sends."""
    return spo2 <= FULL_SATURATION or spo2 == MISSING_SPO2


@dataclass(frozen=True, slots=True)
class OldFrame:
    """Five bytes; bit 7 is set on the first alone."""

    BYTES: ClassVar[int] = 5
    START: ClassVar[re.Pattern[bytes]] = re.compile(rb"[\x80-\xff]")
    WHOLE: ClassVar[re.Pattern[bytes]] = re.compile(rb"[\x80-\xff][\x00-\x7f]{4}")

    beep: bool
    """A beat; byte 1 bit 6."""
    dropping: bool
    """The saturation falls; byte 1 bit 5."""
    finger_out: bool
    """No finger, or searched for too long; byte 1 bit 4."""
    strength: int
    """Of the signal, 0..15; byte 1 bits 3-0."""
    pleth: int
    """0..127; byte 2, which has seven bits of it and no eighth."""
    searching: bool
    """For a pulse; byte 3 bit 5."""
    probe_error: bool
    """Byte 3 bit 4."""
    bar: int
    """0..15; byte 3 bits 3-0."""
    pulse_rate: int
    """/min, 0..255; bit 6 of byte 3 is its highest bit, byte 4 the others."""
    spo2: int
    """%; byte 5."""

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of five bytes, or None where the saturation cannot be one."""
        first, pleth, third, rate, spo2 = data
        if not plausible(spo2):
            return None
        return cls(
            beep=bool(first & 0x40),
            dropping=bool(first & 0x20),
            finger_out=bool(first & 0x10),
            strength=first & 0x0F,
            pleth=pleth,
            searching=bool(third & 0x20),
            probe_error=bool(third & 0x10),
            bar=third & 0x0F,
            pulse_rate=(third & 0x40) << 1 | rate,
            spo2=spo2,
        )

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        first = 0x80 | self.beep << 6 | self.dropping << 5 | self.finger_out << 4 | self.strength
        third = self.pulse_rate >> 7 << 6 | self.searching << 5 | self.probe_error << 4 | self.bar
        return bytes((first, self.pleth, third, self.pulse_rate & 0x7F, self.spo2))
