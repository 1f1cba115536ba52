"""Frames of one board version found in a stream.

Document: as `devices.healthypi.wire`.
"""

from __future__ import annotations

from devices.healthypi.wire import END, HEAD, START, Frame, Shapes
from firmware_bridge.receive import BufferedDecoder


class FrameDecoder(BufferedDecoder[Frame]):
    """Slides over what is none of its shapes, and never looks for marks within a payload."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        super().__init__()

    def next_frame(self) -> Frame | None:
        """Return the next good frame, or None when more bytes are needed."""
        while self._align():
            _, size, kind = HEAD.unpack(self._buffer.peek(HEAD.size))
            shape = self._shapes.get((kind, size))
            if shape is None:
                self._buffer.skip()
                continue
            whole = HEAD.size + size + len(END)
            if len(self._buffer) < whole:
                return None
            if self._buffer.peek(whole).endswith(END):
                self.frames += 1
                return shape.parse(self._buffer.take(whole)[HEAD.size : -len(END)])
            self.bad_frames += 1
            self._buffer.skip()
        return None

    def _align(self) -> bool:
        """Skip to the next start; tell whether a whole head waits there."""
        waiting = self._buffer.peek(len(self._buffer))
        place = waiting.find(START)
        if place < 0:
            place = len(waiting) - 1 if waiting.endswith(START[:1]) else len(waiting)
        self._buffer.skip(place)
        return len(self._buffer) >= HEAD.size
