"""Finds packets in a stream by bit 7, which marks the first byte of each."""

from __future__ import annotations

from devices.contec.newer import NewFrame
from devices.contec.wire import OldFrame
from firmware_bridge.receive import ReceiveBuffer

Frame = OldFrame | NewFrame
Shape = type[OldFrame] | type[NewFrame]


class FrameDecoder:
    """Takes what begins, continues and is as long as a packet; skips to the next mark otherwise."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._buffer = ReceiveBuffer()
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
        shape = self._shape
        while len(self._buffer) >= shape.BYTES:
            candidate = self._buffer.peek(shape.BYTES)
            if shape.WHOLE.fullmatch(candidate) is None:
                self._slide(candidate)
            elif (frame := shape.parse(candidate)) is None:
                self.bad_frames += 1
                self._slide(candidate)
            else:
                self._buffer.take(shape.BYTES)
                self.frames += 1
                return frame
        return None

    def finish(self) -> None:
        """Count the unfinished tail as discarded: the input has ended."""
        self._buffer.skip(len(self._buffer))

    def _slide(self, candidate: bytes) -> None:
        """Skip to the next byte that can begin a frame."""
        mark = self._shape.START.search(candidate, 1)
        self._buffer.skip(mark.start() if mark else len(candidate))
