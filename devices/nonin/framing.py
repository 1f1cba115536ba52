"""Finds frames of one fixed length in a stream, whatever the format."""

from __future__ import annotations

import re
from typing import ClassVar, Protocol, Self, TypeVar

from firmware_bridge.receive import BufferedDecoder


class Fixed(Protocol):
    """A frame of a length that never changes."""

    BYTES: ClassVar[int]
    MARK: ClassVar[re.Pattern[bytes]]
    """What a frame may begin with."""
    HAS_START_BYTE: ClassVar[bool]
    """Its beginning tells it from other bytes; without, any byte may begin a broken one."""

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the frame of `BYTES` bytes, or None where they are none."""
        ...


FixedFrame = TypeVar("FixedFrame", bound=Fixed)


class FrameDecoder(BufferedDecoder[FixedFrame]):
    """Finds frames of one format in a stream, sliding over what is none to the next mark."""

    def __init__(self, shape: type[FixedFrame]) -> None:
        self._shape = shape
        super().__init__()
        self._skipped_before_frame = 0

    def next_frame(self) -> FixedFrame | None:
        """Return the next good frame, or None when more bytes are needed."""
        while len(self._buffer) >= self._shape.BYTES:
            candidate = self._buffer.peek(self._shape.BYTES)
            if (frame := self._shape.parse(candidate)) is not None:
                return self._accept(frame)
            self._reject(candidate)
        return None

    def _accept(self, frame: FixedFrame) -> FixedFrame:
        self._buffer.take(frame.BYTES)
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
