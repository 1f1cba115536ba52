"""Packets of data formats 2 and 7: 25 frames, a third of a second, one set of numbers.

Document: Nonin, "9560 Bluetooth specification" (6470-000-01), p. 10-13.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Self

from devices.nonin.wire import Frame, Shape, Status

PACKET_FRAMES = 25
MISSING_RATE = 511
"""Every pulse rate field without a value (p. 10-11)."""
MISSING_SPO2 = 127
"""Every SpO2 field without a value (p. 10-11)."""
NO_RESERVED_BITS = bytes(PACKET_FRAMES)


class Stat2(IntFlag):
    """Bits of STAT2; the others are reserved and move (p. 10-11)."""

    SPA = 0x20
    """High-quality SmartPoint measurement."""
    LOW_BAT = 0x01


@dataclass(frozen=True, slots=True)
class Numbers:
    """The FLOAT bytes of one packet as the device sent them, missing codes included (p. 10-11).

    Rates are /min in nine bits, saturations %, `tmr` counts thirds of a second in 14 bits.
    """

    hr: int
    """Average of 4 beats, frames 1 and 2."""
    spo2: int
    """Average of 4 beats, frame 3."""
    srev: int
    """Firmware revision, frame 4."""
    tmr: int
    """One more with every packet, frames 6 and 7."""
    stat2: int
    """Bits of `Stat2`, frame 8."""
    spo2_d: int
    """For displays: renewed every 1.5 s and held for 10 s without a finger, frame 9."""
    spo2_fast: int
    """Average of 4 beats with fast response, frame 10."""
    spo2_b_b: int
    """Beat by beat, frame 11."""
    e_hr: int
    """Average of 8 beats, frames 14 and 15."""
    e_spo2: int
    """Average of 8 beats, frame 16."""
    e_spo2_d: int
    """Average of 8 beats for displays, held likewise, frame 17."""
    hr_d: int
    """Average of 4 beats for displays, held likewise, frames 20 and 21."""
    e_hr_d: int
    """Average of 8 beats for displays, held likewise, frames 22 and 23."""

    @classmethod
    def parse(cls, floats: bytes) -> Self:
        """Return the numbers of 25 FLOAT bytes in the order of their frames."""
        of = b"\0" + floats  # so that of[n] is the FLOAT byte of frame n, as the table counts
        return cls(
            hr=_rate(of, 1),
            spo2=of[3],
            srev=of[4],
            tmr=(of[6] & 0x7F) << 7 | of[7] & 0x7F,
            stat2=of[8],
            spo2_d=of[9],
            spo2_fast=of[10],
            spo2_b_b=of[11],
            e_hr=_rate(of, 14),
            e_spo2=of[16],
            e_spo2_d=of[17],
            hr_d=_rate(of, 20),
            e_hr_d=_rate(of, 22),
        )

    def to_floats(self, reserved: bytes = NO_RESERVED_BITS) -> bytes:
        """Return the 25 FLOAT bytes; `reserved`, one a frame, fills the bits that mean nothing."""
        of = bytearray(b"\0" + bytes(byte & 0x7F for byte in reserved))
        for frame, rate in ((1, self.hr), (14, self.e_hr), (20, self.hr_d), (22, self.e_hr_d)):
            of[frame] = of[frame] & 0x7C | rate >> 7
            of[frame + 1] = rate & 0x7F
        of[3], of[4], of[8] = self.spo2, self.srev, self.stat2
        of[6], of[7] = self.tmr >> 7, self.tmr & 0x7F
        of[9], of[10], of[11] = self.spo2_d, self.spo2_fast, self.spo2_b_b
        of[16], of[17] = self.e_spo2, self.e_spo2_d
        return bytes(of[1:])


def _rate(of: bytes, frame: int) -> int:
    """Return the nine bits of HR8..HR0 (p. 11); the other bits of the high byte are reserved."""
    return (of[frame] & 0x03) << 7 | of[frame + 1] & 0x7F


@dataclass(frozen=True, slots=True)
class Packet:
    """What 25 frames say together."""

    numbers: Numbers
    statuses: tuple[int, ...]
    """STATUS of each frame: bits of `Status`."""
    pleth: tuple[int, ...]
    """One sample a frame, in counts of the format's own scale."""

    @property
    def status(self) -> Status:
        """Return every bit that was set in any frame."""
        seen = 0
        for status in self.statuses:
            seen |= status
        return Status(seen)

    @classmethod
    def from_frames(cls, frames: Sequence[Frame]) -> Self:
        """Return the packet of 25 successive frames."""
        numbers = Numbers.parse(bytes(frame.number for frame in frames))
        statuses = tuple(frame.status for frame in frames)
        return cls(numbers, statuses, tuple(frame.pleth for frame in frames))

    def to_frames(self, shape: Shape, reserved: bytes = NO_RESERVED_BITS) -> tuple[Frame, ...]:
        """Return the 25 frames of this packet; `reserved` as in `Numbers.to_floats`."""
        floats = self.numbers.to_floats(reserved)
        columns = zip(self.statuses, self.pleth, floats, strict=True)
        return tuple(shape(status, pleth, number) for status, pleth, number in columns)


class PacketAssembler:
    """Joins 25 frames that follow each other without a lost byte, SYNC on the first alone."""

    def __init__(self) -> None:
        self._frames: list[Frame] = []
        self._discarded = 0

    def add(self, frame: Frame, discarded: int) -> Packet | None:
        """Return the packet that `frame` completes; `discarded` bytes were skipped so far."""
        lost = discarded != self._discarded
        self._discarded = discarded
        if frame.status & Status.SYNC.value:
            self._frames = [frame]
        elif lost or not self._frames:
            self._frames = []
        else:
            self._frames.append(frame)
        return self._completed() if len(self._frames) == PACKET_FRAMES else None

    def _completed(self) -> Packet:
        frames, self._frames = self._frames, []
        return Packet.from_frames(frames)
