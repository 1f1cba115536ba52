"""Frames of Capnostat 5 and LoFlo, the same in both directions.

Document: Respironics, "OEM module interface" (1015115DS1), chapter on the serial protocol; not
public, read as public drivers agree (rainer-fabian-gui, weisiwu/Capnograph, CO2InterfaceEmulator).
Numbers are two bytes of seven bits, the high one first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from firmware_bridge.checksum import negated_sum7
from firmware_bridge.receive import BufferedDecoder

LONGEST = 2 + 0x7F
"""Bytes of the longest frame: command, count, and as many as a count of seven bits can name."""
HEAD_BYTES = 2
"""Command and count."""
SHORTEST = 3
"""Bytes of a frame without data: the checksum counts."""
SEVEN_BITS = 0x7F
WORD_BYTES = 2

_START = re.compile(b"[\x80-\xff]")


def word(data: bytes) -> int:
    """Return the number in the first two bytes."""
    return data[0] << 7 | data[1]


def from_word(number: int) -> bytes:
    """Return the two bytes of a number below 16384."""
    return bytes((number >> 7, number & SEVEN_BITS))


@dataclass(frozen=True, slots=True)
class Frame:
    """Command, count of the bytes that follow it, data, checksum.

    Only the command has bit 7 set, so that it begins a frame wherever it stands.
    """

    command: int
    """0x80..0xFF."""
    data: bytes = b""
    """At most 126 bytes of 0..0x7F."""

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        body = bytes((self.command, len(self.data) + 1)) + self.data
        return body + bytes((negated_sum7(body),))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of all its bytes, or None where count or checksum do not fit."""
        if not SHORTEST <= len(data) <= LONGEST or len(data) != data[1] + HEAD_BYTES:
            return None
        if data[0] <= SEVEN_BITS or _START.search(data, 1) or negated_sum7(data[:-1]) != data[-1]:
            return None
        return cls(data[0], data[2:-1])


class FrameDecoder(BufferedDecoder[Frame]):
    """Finds frames in a stream."""

    def next_frame(self) -> Frame | None:
        """Return the next good frame, or None when more bytes are needed."""
        while waiting := self._buffer.peek(LONGEST):
            if waste := _waste(waiting):
                self._buffer.skip(waste)
            elif len(waiting) < HEAD_BYTES or len(waiting) < waiting[1] + HEAD_BYTES:
                return None
            elif (frame := Frame.parse(waiting[: waiting[1] + HEAD_BYTES])) is not None:
                self._buffer.take(waiting[1] + HEAD_BYTES)
                self.frames += 1
                return frame
            else:  # its data cannot begin a frame, so it is skipped whole
                self.bad_frames += 1
                self._buffer.skip(waiting[1] + HEAD_BYTES)
        return None


def _waste(waiting: bytes) -> int:
    """Return how many bytes at the front cannot be or become a whole frame."""
    if waiting[0] <= SEVEN_BITS:
        start = _START.search(waiting)
        return start.start() if start else len(waiting)
    if len(waiting) > 1 and waiting[1] == 0:
        return HEAD_BYTES
    end = waiting[1] + HEAD_BYTES if len(waiting) > 1 else HEAD_BYTES
    cut = _START.search(waiting, 1, end)
    return cut.start() if cut else 0
