"""Finds packets in a stream by bit 7, which marks the first byte of each."""

from __future__ import annotations

from devices.contec.newer import NewFrame
from devices.contec.wire import OldFrame
from firmware_bridge.receive import BufferedDecoder

Frame = OldFrame | NewFrame
Shape = type[OldFrame] | type[NewFrame]


class FrameDecoder(BufferedDecoder[Frame]):
    """Takes what begins, continues and is as long as a packet; skips to the next mark otherwise."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        super().__init__()

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

    def _slide(self, candidate: bytes) -> None:
        """Skip to the next byte that can begin a frame."""
        mark = self._shape.START.search(candidate, 1)
        self._buffer.skip(mark.start() if mark else len(candidate))
