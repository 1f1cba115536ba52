"""Finds packets in a stream by bit 7, which marks the first byte of each."""

from __future__ import annotations

from devices.berry.wire import PACKET_BYTES, START, WHOLE, Frame
from firmware_bridge.receive import BufferedDecoder


class FrameDecoder(BufferedDecoder[Frame]):
    """Takes what begins and continues like a packet; skips to the next mark otherwise."""

    def next_frame(self) -> Frame | None:
        """Return the next good frame, or None when more bytes are needed."""
        while len(self._buffer) >= PACKET_BYTES:
            candidate = self._buffer.peek(PACKET_BYTES)
            if WHOLE.fullmatch(candidate) is None:
                self._slide(candidate)
            elif (frame := Frame.parse(candidate)) is None:
                self.bad_frames += 1
                self._slide(candidate)
            else:
                self._buffer.take(PACKET_BYTES)
                self.frames += 1
                return frame
        return None

    def _slide(self, candidate: bytes) -> None:
        """Skip to the next byte that can begin a frame."""
        mark = START.search(candidate, 1)
        self._buffer.skip(mark.start() if mark else len(candidate))
