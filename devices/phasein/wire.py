"""Frames of IRMA and ISA gas analysers: 21 bytes, twenty a second.

Document: "Anesthetic Gas Sensor Communication Protocol" (compatible with Phasein), sections "Data
frames", "Status summary", "Waveform data" and "Frame checksum".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Self

from firmware_bridge.checksum import negated_sum8
from firmware_bridge.receive import BufferedDecoder

MARK = b"\xaa\x55"
"""FLAG1 and FLAG2; both may stand anywhere in a frame too."""
FRAME_BYTES = 21
RATE_HZ = 20
NO_DATA = 0xFFFF
"""A word of the waveform without a value."""
NO_BYTE = 0xFF
"""A byte of the slow data without a value."""
HIGHEST = 105 * 100
"""The most that a gas can be, in hundredths of a per cent ("Slow data": 0 - 105 %)."""
HIGHEST_WHOLE = 105

_BODY = struct.Struct(">BB5H6s")  # ID, STS, five words, slow data: all between FLAG2 and CHK
_N2O, _OXYGEN = 1, 4
"""Bytes of the slow concentrations that are whole per cents; the others cannot reach 105."""


class Id(IntEnum):
    """Which slow data a frame carries; 7 to 9 are reserved."""

    INSPIRED = 0
    EXPIRED = 1
    MOMENTARY = 2
    GENERAL = 3
    REGISTERS = 4
    CONFIGURATION = 5
    SERVICE = 6


LAST_ID = 9
CONCENTRATIONS = {Id.INSPIRED, Id.EXPIRED, Id.MOMENTARY}


class Status(IntFlag):
    """Bits of STS."""

    BREATH = 0x01
    APNOEA = 0x02
    """No breath for the chosen time: expired and inspired values are then those of the moment."""
    O2_LOW = 0x04
    """The oxygen cell is worn."""
    O2_REPLACE = 0x08
    CHECK_ADAPTER = 0x10
    """IRMA: the adapter; ISA: the sampling line."""
    UNSPECIFIED_ACCURACY = 0x20
    SENSOR_ERROR = 0x40
    O2_CALIBRATE = 0x80
    """Oxygen needs a calibration in room air."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame; concentrations are hundredths of a per cent, or `NO_DATA`."""

    id: int
    """0..9, one more with every frame."""
    status: Status
    co2: int
    n2o: int
    agent1: int
    agent2: int
    oxygen: int
    slow: bytes
    """Six bytes, by `id`."""

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        words = (self.co2, self.n2o, self.agent1, self.agent2, self.oxygen)
        body = _BODY.pack(self.id, self.status, *words, self.slow)
        return MARK + body + bytes((negated_sum8(body),))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of 21 bytes, or None where mark, sum, ID or a concentration cannot be.

        A sum of eight bits lets one damaged frame in 256 pass; a gas above 105 % betrays most.
        """
        body = data[2:-1]
        if data[:2] != MARK or negated_sum8(body) != data[-1]:
            return None
        number, status, co2, n2o, agent1, agent2, oxygen, slow = _BODY.unpack(body)
        frame = cls(number, Status(status), co2, n2o, agent1, agent2, oxygen, slow)
        return frame if frame.possible else None

    @property
    def possible(self) -> bool:
        """Tell whether ID and concentrations are within what an analyser can send."""
        words = (self.co2, self.n2o, self.agent1, self.agent2, self.oxygen)
        slow = (self.slow[_N2O], self.slow[_OXYGEN]) if self.id in CONCENTRATIONS else ()
        return (
            self.id <= LAST_ID
            and not any(HIGHEST < word < NO_DATA for word in words)
            and not any(HIGHEST_WHOLE < byte < NO_BYTE for byte in slow)
        )


class FrameDecoder(BufferedDecoder[Frame]):
    """Finds frames in a stream, sliding over what is none to the next mark."""

    def next_frame(self) -> Frame | None:
        """Return the next good frame, or None when more bytes are needed."""
        while len(self._buffer) >= FRAME_BYTES:
            candidate = self._buffer.peek(FRAME_BYTES)
            if (frame := Frame.parse(candidate)) is not None:
                self._buffer.take(FRAME_BYTES)
                self.frames += 1
                return frame
            if candidate.startswith(MARK):
                self.bad_frames += 1
            self._slide()
        return None

    def _slide(self) -> None:
        """Skip one byte, and with it what cannot begin a frame either."""
        waiting = self._buffer.peek(len(self._buffer))
        place = waiting.find(MARK, 1)
        if place < 0:  # the mark's first byte may be the last that has come
            place = len(waiting) - waiting.endswith(MARK[:1])
        self._buffer.skip(place)
