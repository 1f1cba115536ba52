"""What a Capnostat says of itself, and what that makes of its numbers.

Document: Respironics, "OEM module interface" (1015115DS1), command 80h, data parameter 1; not
public, read as public drivers agree. Bytes DB3 and DB4 are known to fewer of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Self

from vitals.reading import Note, Quality

STATUS_BYTES = 5


class Flag(IntFlag):
    """Bits of DB1."""

    NEGATIVE_CO2 = 0x01
    CHECK_ADAPTER = 0x02
    BREATHS = 0x04
    OUT_OF_RANGE = 0x08
    NOT_READY_TO_ZERO = 0x10
    SLEEPING = 0x20
    NO_BREATH = 0x40


class Temperature(IntEnum):
    """Bits 1 and 0 of DB2."""

    STABLE = 0
    BELOW = 1
    ABOVE = 2
    WARMING_UP = 3


class Zero(IntEnum):
    """Bits 3 and 2 of DB2."""

    DONE = 0
    RUNNING = 1
    REQUIRED = 2
    FAILED = 3
    """Required again, after an error."""


class Sidestream(IntFlag):
    """Bits of DB4."""

    NO_ADAPTER = 0x01
    PUMP_LIFE = 0x02
    PNEUMATIC = 0x04


class Code(IntEnum):
    """DB5: the most urgent of all."""

    NONE = 0x00
    TOO_HOT = 0x01
    FAULTY = 0x02
    COMPENSATION_NOT_SET = 0x03
    SLEEPING = 0x04
    ZEROING = 0x05
    WARMING_UP = 0x06
    ZERO_REQUIRED = 0x07
    OUT_OF_RANGE = 0x08
    CHECK_ADAPTER = 0x09
    CHECK_SAMPLING_LINE = 0x0A


NO_FLAG, NO_FAULT = Flag(0), Sidestream(0)


@dataclass(frozen=True, slots=True)
class Status:
    """Data parameter 1, bytes DB1 to DB5: once a second and on every change."""

    flags: Flag = NO_FLAG
    temperature: Temperature = Temperature.STABLE
    zero: Zero = Zero.DONE
    compensated: bool = True
    """Pressure and gas were set since power came on: bit 4 of DB2 clear."""
    source: int = 0
    """Bits 6 and 5 of DB2: current of the infrared source; 0 is good, 1 unstable, then limited."""
    hardware: int = 0
    """DB3."""
    sidestream: Sidestream = NO_FAULT
    code: int = Code.NONE

    def to_bytes(self) -> bytes:
        """Return the five bytes."""
        second = self.temperature | self.zero << 2 | (not self.compensated) << 4 | self.source << 5
        return bytes((self.flags, second, self.hardware, self.sidestream, self.code))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return what five bytes say, or None where there are fewer."""
        if len(data) < STATUS_BYTES:
            return None
        first, second, third, fourth, fifth = data[:STATUS_BYTES]
        return cls(
            flags=Flag(first),
            temperature=Temperature(second & 3),
            zero=Zero(second >> 2 & 3),
            compensated=not second & 0x10,
            source=second >> 5 & 3,
            hardware=third,
            sidestream=Sidestream(fourth),
            code=fifth,
        )

    @property
    def breathing(self) -> bool:
        """Tell whether breaths are being found."""
        return Flag.BREATHS in self.flags

    @property
    def notes(self) -> frozenset[Note]:
        """Return what a person should be told."""
        return frozenset(row.note for row in FINDINGS if row.note and row.applies(self))

    @property
    def quality(self) -> Quality:
        """Return what the numbers are worth: the worst of all that applies."""
        found = {row.quality for row in FINDINGS if row.applies(self)}
        for quality in (Quality.INVALID, Quality.QUESTIONABLE):
            if quality in found:
                return quality
        return Quality.VALID

    @property
    def traced(self) -> bool:
        """Tell whether the wave is one; without breaths it is a true, flat one."""
        return not any(row.quality is Quality.INVALID and row.applies(self) for row in TECHNICAL)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a status can say."""

    applies: Callable[[Status], bool]
    note: Note | None
    quality: Quality
    """What numbers are worth at best while it applies."""


INVALID, QUESTIONABLE = Quality.INVALID, Quality.QUESTIONABLE

TECHNICAL = (
    Finding(lambda s: s.temperature is Temperature.WARMING_UP, Note.WARMING_UP, INVALID),
    Finding(lambda s: s.code == Code.WARMING_UP, Note.WARMING_UP, INVALID),
    Finding(lambda s: s.zero is Zero.RUNNING, Note.ZEROING, INVALID),
    Finding(lambda s: s.code == Code.ZEROING, Note.ZEROING, INVALID),
    Finding(lambda s: s.zero in (Zero.REQUIRED, Zero.FAILED), Note.ZERO_REQUIRED, INVALID),
    Finding(lambda s: s.code == Code.ZERO_REQUIRED, Note.ZERO_REQUIRED, INVALID),
    Finding(lambda s: Flag.CHECK_ADAPTER in s.flags, Note.CHECK_ADAPTER, INVALID),
    Finding(lambda s: s.code == Code.CHECK_ADAPTER, Note.CHECK_ADAPTER, INVALID),
    Finding(lambda s: s.code == Code.CHECK_SAMPLING_LINE, Note.CHECK_SAMPLING_LINE, INVALID),
    Finding(lambda s: Sidestream.NO_ADAPTER in s.sidestream, Note.CHECK_SAMPLING_LINE, INVALID),
    Finding(lambda s: Sidestream.PNEUMATIC in s.sidestream, Note.CHECK_SAMPLING_LINE, INVALID),
    Finding(lambda s: s.code in (Code.TOO_HOT, Code.FAULTY), Note.SENSOR_FAULT, INVALID),
    Finding(lambda s: Flag.SLEEPING in s.flags, Note.SLEEPING, INVALID),
    Finding(lambda s: s.code == Code.SLEEPING, Note.SLEEPING, INVALID),
    Finding(lambda s: not s.compensated, Note.COMPENSATION_NOT_SET, QUESTIONABLE),
    Finding(lambda s: s.code == Code.COMPENSATION_NOT_SET, Note.COMPENSATION_NOT_SET, QUESTIONABLE),
    Finding(lambda s: Flag.OUT_OF_RANGE in s.flags, Note.OUT_OF_RANGE, QUESTIONABLE),
    Finding(lambda s: s.code == Code.OUT_OF_RANGE, Note.OUT_OF_RANGE, QUESTIONABLE),
    Finding(lambda s: Flag.NEGATIVE_CO2 in s.flags, Note.OUT_OF_RANGE, QUESTIONABLE),
    Finding(lambda s: s.temperature is Temperature.BELOW, Note.WARMING_UP, QUESTIONABLE),
    Finding(lambda s: s.temperature is Temperature.ABOVE, None, QUESTIONABLE),
    Finding(lambda s: s.source > 0, None, QUESTIONABLE),
    # Their bits are not known well enough to take a child's CO2 off the screen for them.
    Finding(lambda s: s.hardware > 0, Note.SENSOR_FAULT, QUESTIONABLE),
    Finding(lambda s: s.sidestream > 0, None, QUESTIONABLE),
    Finding(lambda s: s.code > Code.CHECK_SAMPLING_LINE, None, QUESTIONABLE),
)
FINDINGS = (
    *TECHNICAL,
    # The end-tidal value that is still sent is that of the last breath there was.
    Finding(lambda s: Flag.NO_BREATH in s.flags, Note.NO_BREATH, INVALID),
)
"""Every row that applies gives its note; the worst quality wins."""
