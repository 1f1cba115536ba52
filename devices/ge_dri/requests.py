"""What a computer asks a monitor for: displayed values, and waves.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapters on the
physiological data request and the waveform data request, example frames A-1 to A-5. A monitor
sends nothing unasked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from struct import Struct
from typing import ClassVar, Self

from devices.ge_dri.wire import MainType, Record, single

REQUEST = 0
"""The subrecord type of a request, whatever it asks for."""
NO_WAVE = 0xFF
MAX_WAVES = 8


class Kind(IntEnum):
    """Subrecord types of physiological data."""

    DISPLAYED = 1
    TREND_10_S = 2
    TREND_60_S = 3
    AUXILIARY = 4


class Action(IntEnum):
    """What is to be done with waves (req_type)."""

    START = 0
    STOP = 1


@dataclass(frozen=True, slots=True)
class NumbersRequest:
    """A request of physiological data (struct dri_phdb_req)."""

    LAYOUT: ClassVar[Struct] = Struct("<BhIh")
    ONCE: ClassVar[int] = -1
    STOP: ClassVar[int] = 0

    kind: int
    """One of `Kind`."""
    interval_s: int
    """At least 5 for displayed values; -1 is once, 0 is stop."""
    classes: int = 0
    """Bits: 1 without the basic class, 2 with ext1, 4 with ext2, 8 with ext3."""

    def record(self) -> Record:
        """Return the record of 49 bytes that asks for it."""
        body = self.LAYOUT.pack(self.kind, self.interval_s, self.classes, 0)
        return single(MainType.PHYSIOLOGICAL, REQUEST, body)

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the request of a subrecord, or None where it is too short."""
        if len(data) < cls.LAYOUT.size:
            return None
        kind, interval_s, classes, _ = cls.LAYOUT.unpack_from(data)
        return cls(kind, interval_s, classes)


@dataclass(frozen=True, slots=True)
class WaveRequest:
    """A request to start or stop waves (struct wf_req)."""

    LAYOUT: ClassVar[Struct] = Struct("<hh8s20s")

    action: int
    """One of `Action`."""
    waves: tuple[int, ...]
    """At most eight waveform ids, none of them 255; at most 600 samples a second together."""

    def record(self) -> Record:
        """Return the record of 72 bytes that asks for it."""
        ended = self.waves if len(self.waves) == MAX_WAVES else (*self.waves, NO_WAVE)
        body = self.LAYOUT.pack(self.action, 0, bytes(ended), bytes(20))
        return single(MainType.WAVE, REQUEST, body)

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the request of a subrecord, or None where it is too short."""
        if len(data) < cls.LAYOUT.size:
            return None
        action, _, listed, _ = cls.LAYOUT.unpack_from(data)
        return cls(action, tuple(listed.partition(bytes((NO_WAVE,)))[0]))
