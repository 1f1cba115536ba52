"""Frames of Nonin's data formats 2 and 7: five bytes, 75 times a second.

Document: Nonin, "9560 Bluetooth specification" (Onyx II Model 9560, OEM Specification and Technical
Information, 6470-000-01), p. 8-11 (format 2) and 12-13 (format 7). Bit 6 of STATUS is reserved
there; its meaning is that of the OEM III module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntFlag
from typing import ClassVar, Self

from firmware_bridge.checksum import sum8
from firmware_bridge.receive import ReceiveBuffer

FRAME_BYTES = 5
RATE_HZ = 75
START = 0x01
"""The first byte of every frame of format 2 (p. 9); format 7 has no such mark."""


class Status(IntFlag):
    """Bits of the STATUS byte, all active high (p. 9)."""

    ALWAYS = 0x80
    SNSD = 0x40
    """Sensor disconnected (OEM III)."""
    ARTF = 0x20
    """Artefact in this pulse; set only while the pulse lasts."""
    OOT = 0x10
    """Out of track: no consecutive good pulses."""
    SNSA = 0x08
    """Sensor alarm: the data are unusable, as when the finger is removed."""
    RPRF = 0x04
    """Red perfusion; with GPRF it is yellow."""
    GPRF = 0x02
    """Green perfusion."""
    SYNC = 0x01
    """The first frame of a packet."""


_ALWAYS = int(Status.ALWAYS)  # looked up once: it is asked for every byte of a broken stream


@dataclass(frozen=True, slots=True)
class Df2Frame:
    """A frame of format 2 (p. 8-9): 0x01, STATUS, PLETH, FLOAT, CHK."""

    FULL_SCALE: ClassVar[int] = 0xFF
    MARK: ClassVar[re.Pattern[bytes]] = re.compile(b"\x01")
    HAS_START_BYTE: ClassVar[bool] = True

    status: int
    """Bits of `Status`."""
    pleth: int
    """0..255."""
    number: int
    """The FLOAT byte: a piece of the packet's numbers, by the frame's place in the packet."""

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        body = bytes((START, self.status, self.pleth, self.number))
        return body + bytes((sum8(body),))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of five bytes, or None where start, STATUS bit 7 or sum do not fit."""
        start, status, pleth, number, check = data
        if start != START or not status & _ALWAYS or sum8(data[:4]) != check:
            return None
        return cls(status, pleth, number)


@dataclass(frozen=True, slots=True)
class Df7Frame:
    """A frame of format 7 (p. 12-13): STATUS, PLETH high and low, FLOAT, CHK."""

    FULL_SCALE: ClassVar[int] = 0xFFFF
    MARK: ClassVar[re.Pattern[bytes]] = re.compile(b"[\x80-\xff]")
    HAS_START_BYTE: ClassVar[bool] = False

    status: int
    """Bits of `Status`."""
    pleth: int
    """0..65535."""
    number: int
    """The FLOAT byte: a piece of the packet's numbers, by the frame's place in the packet."""

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        body = bytes((self.status, self.pleth >> 8, self.pleth & 0xFF, self.number))
        return body + bytes((sum8(body),))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of five bytes, or None where STATUS bit 7 or the sum do not fit."""
        status, high, low, number, check = data
        if not status & _ALWAYS or sum8(data[:4]) != check:
            return None
        return cls(status, high << 8 | low, number)


Frame = Df2Frame | Df7Frame
Shape = type[Df2Frame] | type[Df7Frame]


class FrameDecoder:
    """Finds frames of one format in a stream, sliding over what is none to the next mark."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._buffer = ReceiveBuffer()
        self._skipped_before_frame = 0
        self.frames = 0
        self.bad_frames = 0

    @property
    def discarded_bytes(self) -> int:
        """Return the bytes in no accepted frame, those still waiting not included."""
        return self._buffer.discarded

    def feed(self, data: bytes) -> None:
        """Append `data`; beyond the buffer's limit the oldest bytes are dropped and counted."""
        self._buffer.feed(data)

    def next_frame(self) -> Frame | None:
        """Return the next good frame, or None when more bytes are needed."""
        while len(self._buffer) >= FRAME_BYTES:
            candidate = self._buffer.peek(FRAME_BYTES)
            if (frame := self._shape.parse(candidate)) is not None:
                return self._accept(frame)
            self._reject(candidate)
        return None

    def finish(self) -> None:
        """Count the unfinished tail as discarded: the input has ended."""
        self._buffer.skip(len(self._buffer))

    def _accept(self, frame: Frame) -> Frame:
        self._buffer.take(FRAME_BYTES)
        self._skipped_before_frame = self._buffer.discarded
        self.frames += 1
        return frame

    def _reject(self, candidate: bytes) -> None:
        # Without a start byte, whatever stands where a frame is due is a candidate: directly
        # behind a frame, or at the start, where nothing has been skipped yet.
        due = self._buffer.discarded == self._skipped_before_frame
        if self._shape.MARK.match(candidate) or (due and not self._shape.HAS_START_BYTE):
            self.bad_frames += 1
        self._slide()

    def _slide(self) -> None:
        """Skip one byte, and with it what cannot begin a frame either."""
        waiting = self._buffer.peek(len(self._buffer))
        mark = self._shape.MARK.search(waiting, 1)
        self._buffer.skip(mark.start() if mark else len(waiting))
