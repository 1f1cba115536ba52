"""Finds the module's replies in a stream of bytes."""

from __future__ import annotations

from devices.suntech.wire import REPLY_START, SHAPES, Reply, parse_reply
from firmware_bridge.receive import BufferedDecoder

HEAD_BYTES = 2
"""Start and length."""
_START = bytes((REPLY_START,))


class FrameDecoder(BufferedDecoder[Reply]):
    """Takes replies from the front of the stream and slides byte by byte over what is none."""

    def next_frame(self) -> Reply | None:
        """Return the next good reply, or None when more bytes are needed."""
        while (length := self._candidate()) and len(self._buffer) >= length:
            candidate = self._buffer.peek(length)
            if (reply := parse_reply(candidate)) is not None:
                self._buffer.take(length)
                self.frames += 1
                return reply
            self.bad_frames += 1
            self._buffer.skip()
        return None

    def abandon(self) -> list[Reply]:
        """Give up what was begun and not finished; return the replies that stood behind its start.

        A damaged length promises bytes that never come, and would swallow the next replies.
        """
        replies: list[Reply] = []
        while len(self._buffer):
            self._buffer.skip()
            while (reply := self.next_frame()) is not None:
                replies.append(reply)
        return replies

    def _candidate(self) -> int:
        """Skip to a start that a known length follows; return that length, or 0."""
        while len(self._buffer):
            waiting = self._buffer.peek(len(self._buffer))
            start = waiting.find(_START)
            self._buffer.skip(start if start >= 0 else len(waiting))
            head = self._buffer.peek(HEAD_BYTES)
            if len(head) < HEAD_BYTES:
                return 0
            if head[1] in SHAPES:
                return head[1]
            self._buffer.skip()
        return 0
