"""Waves: a header and samples of 16 bits.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapter on waveform data.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from struct import Struct, iter_unpack, pack
from typing import ClassVar, Self


class Wave(IntEnum):
    """Waveform ids that are asked for (subrecord types of wave records)."""

    ECG1 = 1
    P1 = 4
    PLETH = 8
    CO2 = 9


RATES_HZ = {Wave.ECG1: 300, Wave.P1: 100, Wave.PLETH: 100, Wave.CO2: 25}


class WaveStatus(IntFlag):
    """What a monitor says of a stretch of a wave."""

    GAP = 0x01
    """Samples are missing before this stretch."""
    PACER = 0x04
    LEAD_OFF = 0x08


@dataclass(frozen=True, slots=True)
class Stretch:
    """A subrecord: successive samples of one wave (struct wf_hdr and its samples)."""

    HEADER: ClassVar[Struct] = Struct("<HHH")
    SAMPLE_BYTES: ClassVar[int] = 2

    samples: tuple[int, ...]
    """Raw: a number, or one of `wire.Missing`."""
    status: int = 0
    """Bits of `WaveStatus`."""
    label: int = 0

    def to_bytes(self) -> bytes:
        """Return the subrecord."""
        head = self.HEADER.pack(len(self.samples), self.status, self.label)
        return head + pack(f"<{len(self.samples)}h", *self.samples)

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the stretch, or None where fewer samples are there than its header counts."""
        if len(data) < cls.HEADER.size:
            return None
        count, status, label = cls.HEADER.unpack_from(data)
        samples = data[cls.HEADER.size : cls.HEADER.size + count * cls.SAMPLE_BYTES]
        if len(samples) < count * cls.SAMPLE_BYTES:
            return None
        return cls(tuple(sample for (sample,) in iter_unpack("<h", samples)), status, label)
