"""Replies out of bytes: the open request says which lengths there can be.

A frame of Modbus RTU has no start mark (a pause is one, and USB adapters do not keep pauses), so
unit, function, byte count and CRC must all be those of an answer that somebody waits for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from devices.modbus.wire import (
    CODES,
    CRC_BYTES,
    FUNCTIONS,
    HEAD_BYTES,
    REFUSAL_BYTES,
    REFUSED,
    Function,
    Refusal,
    Reply,
    possible,
)
from firmware_bridge.receive import ReceiveBuffer


@dataclass(frozen=True, slots=True)
class Shape:
    """What a reply looks like before its values are known."""

    unit: int
    function: Function
    size: int
    """Its byte count."""


class Expectation(Protocol):
    """Which frames somebody waits for."""

    def length(self, head: bytes) -> int:
        """Return how long the frame that begins with `head` is; 0 when none begins so.

        Of a head that is not whole yet, the length of a whole one.
        """
        ...


class Known:
    """Replies of known shape, and exceptions in their place."""

    def __init__(self, shapes: Collection[Shape]) -> None:
        self._lengths = {
            bytes([shape.unit, shape.function, shape.size]): HEAD_BYTES + shape.size + CRC_BYTES
            for shape in shapes
        }
        for unit, function in {(shape.unit, shape.function) for shape in shapes}:
            for code in CODES:
                self._lengths[bytes([unit, function | REFUSED, code])] = REFUSAL_BYTES
        self._begun = frozenset(
            head[:size] for head in self._lengths for size in range(1, HEAD_BYTES)
        )

    def length(self, head: bytes) -> int:
        """Implement `Expectation`."""
        if len(head) < HEAD_BYTES:
            return HEAD_BYTES if head in self._begun else 0
        return self._lengths.get(head, 0)


class Anything:
    """Any reply of any unit: nobody knows what was asked."""

    def length(self, head: bytes) -> int:
        """Implement `Expectation`."""
        function = FUNCTIONS.get(head[1] & ~REFUSED) if len(head) > 1 else None
        if not head[0] or (len(head) > 1 and function is None):
            return 0
        if len(head) < HEAD_BYTES or function is None:
            return HEAD_BYTES
        if head[1] & REFUSED:
            return REFUSAL_BYTES if head[2] in CODES else 0
        return HEAD_BYTES + head[2] + CRC_BYTES if possible(function, head[2]) else 0


NOTHING = Known(())


class ReplyDecoder:
    """Takes replies and exceptions from the front of what was received, and skips the rest."""

    def __init__(self, expected: Expectation) -> None:
        self._buffer = ReceiveBuffer()
        self.expected = expected
        """What is a reply from here on."""
        self.frames = 0
        self.bad_frames = 0

    @property
    def discarded_bytes(self) -> int:
        """Return how many bytes are in no frame."""
        return self._buffer.discarded

    def feed(self, data: bytes) -> None:
        """Take bytes."""
        self._buffer.feed(data)

    def next_frame(self) -> Reply | Refusal | None:
        """Return the next whole frame, or None while there is none."""
        while len(self._buffer):
            length = self.expected.length(self._buffer.peek(HEAD_BYTES))
            if not length:
                self._buffer.skip()
            elif len(self._buffer) < length:
                return None
            elif (frame := _parsed(self._buffer.peek(length))) is not None:
                self._buffer.take(length)
                self.frames += 1
                return frame
            else:
                self.bad_frames += 1
                self._buffer.skip()
        return None

    def abandon(self) -> list[Reply | Refusal]:
        """Give up the frame under way, as often as needed; return what stood behind its start."""
        found: list[Reply | Refusal] = []
        while len(self._buffer):
            self._buffer.skip()
            while (frame := self.next_frame()) is not None:
                found.append(frame)
        return found


def _parsed(data: bytes) -> Reply | Refusal | None:
    return Refusal.parse(data) if data[1] & REFUSED else Reply.parse(data)
