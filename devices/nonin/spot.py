"""Blocks of Nonin's data format 13: one spot check, measured just now or sent from memory.

Document: Nonin, "9560 Bluetooth specification" (6470-000-01), data format 13.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntFlag
from typing import Self

from firmware_bridge.checksum import sum8
from firmware_bridge.receive import BufferedDecoder

START = b"\x00\x02\x00\x0d"
END = 0x03
HEAD_BYTES = 6
"""The start and two bytes of length."""
FRAMING_BYTES = HEAD_BYTES + 2
"""What is around the data: the head, the sum, the end."""
DATA_BYTES = 14
"""The data grow in later devices: the length says by how much."""
LONGEST_DATA = 64
RESERVED = 0xFF

HEAD = re.compile(b"\x00\x02\x00\x0d\x00[\x0e-\x40]")
BEGINNING = re.compile(
    rb"\x00(?:\Z|\x02(?:\Z|\x00(?:\Z|\x0d(?:\Z|\x00(?:\Z|[\x0e-\x40])))))", re.DOTALL
)
"""A head, or at the end of the input the beginning of one."""


class Mark(IntFlag):
    """Bits of the two STATUS bytes, the first one high; the others are reserved."""

    SPA = 0x0200
    """High-quality SmartPoint measurement."""
    NOMS = 0x0100
    """No measurement was made."""
    MEM = 0x0010
    """Sent from memory: it was measured some other time."""
    LOW_BAT = 0x0001


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """The data of one block."""

    stamp: bytes
    """Eight bytes of BCD by the device's clock: century, YY, MM, DD, hh, mm, ss, hundredths."""
    status: int
    """Bits of `Mark`."""
    pr: int
    """/min; here eight bits and one of the byte before, not seven and two as elsewhere."""
    spo2: int
    """Seven bits, %."""
    more: bytes = b""
    """What a later device adds, at most 50 bytes."""

    def to_bytes(self) -> bytes:
        """Return the block on the wire."""
        data = self.stamp + self.status.to_bytes(2) + self.pr.to_bytes(2)
        data += bytes((RESERVED, self.spo2)) + self.more
        return START + len(data).to_bytes(2) + data + bytes((sum8(data), END))

    @classmethod
    def parse(cls, block: bytes) -> Self | None:
        """Return what a whole block says, or None where its sum or its end do not fit."""
        data, check, end = block[HEAD_BYTES:-2], block[-2], block[-1]
        if sum8(data) != check or end != END:
            return None
        status, high, low = int.from_bytes(data[8:10]), data[10], data[11]
        return cls(data[:8], status, (high & 1) << 8 | low, data[13] & 0x7F, data[DATA_BYTES:])


class SpotDecoder(BufferedDecoder[SpotCheck]):
    """Finds blocks in a stream.

    A length may be damaged and reach over the blocks that follow: a good block within a supposed
    one is the true one, so that none waits for bytes that never come.
    """

    def next_frame(self) -> SpotCheck | None:
        """Return the next good block, or None when more bytes are needed."""
        while len(block := self._supposed()) >= HEAD_BYTES:
            hidden = _hides_good_block(block)
            if len(block) < _size(block) and not hidden:
                return None
            if not hidden and (check := SpotCheck.parse(block)) is not None:
                self._buffer.take(len(block))
                self.frames += 1
                return check
            self.bad_frames += 1
            self._buffer.skip()
        return None

    def abandon(self) -> None:
        """Give up an unfinished block: the rest of it will not come."""
        if len(self._buffer) >= HEAD_BYTES:
            self.bad_frames += 1
        self.finish()

    def _supposed(self) -> bytes:
        """Skip to what may be a block and return what is there of it, at most its length."""
        waiting = self._buffer.peek(len(self._buffer))
        found = BEGINNING.search(waiting)
        begin = found.start() if found else len(waiting)
        self._buffer.skip(begin)
        block = waiting[begin:]
        return block[: _size(block)] if len(block) >= HEAD_BYTES else block


def _size(block: bytes) -> int:
    """Return the length of the block that begins with this head."""
    return block[HEAD_BYTES - 1] + FRAMING_BYTES


def _hides_good_block(block: bytes) -> bool:
    """Tell whether a good block lies within a supposed one."""
    supposed = (block[head.start() :] for head in HEAD.finditer(block, 1))
    inner = (rest[: _size(rest)] for rest in supposed if _size(rest) <= len(rest))
    return any(SpotCheck.parse(each) is not None for each in inner)
