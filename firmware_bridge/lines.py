"""Lines of a serial text: ended by CR, LF or both, every byte accounted for."""

from __future__ import annotations

import re

from firmware_bridge.receive import ReceiveBuffer

LONGEST = 512
"""Bytes; more than any line has. What goes on longer without an end is passed over."""
_END = re.compile(rb"[\r\n]")


class LineCutter:
    """Cuts a stream into lines; each is settled before the next is asked for."""

    def __init__(self) -> None:
        self._buffer = ReceiveBuffer()
        self._length = 0
        self._behind_cr: bool | None = None
        """What became of the line whose CR came last; a LF directly behind it shares its fate."""

    @property
    def discarded_bytes(self) -> int:
        """Return the bytes in no accepted line, those still waiting not included."""
        return self._buffer.discarded

    def feed(self, data: bytes) -> None:
        """Append `data`; beyond the buffer's limit the oldest bytes are dropped and counted."""
        self._buffer.feed(data)

    def next_line(self) -> bytes | None:
        """Return the next line without its end, or None when more bytes are needed."""
        self._pass_line_feed()
        while True:
            waiting = self._buffer.peek(LONGEST + 1)
            if (end := _END.search(waiting)) is not None:
                self._length = end.start()
                return waiting[: self._length]
            if len(waiting) <= LONGEST:
                return None
            self._buffer.skip(LONGEST)

    def settle(self, *, accepted: bool) -> None:
        """Take the line just returned as a frame, or discard it, its end included."""
        line = self._buffer.peek(self._length + 1)
        self._remove(len(line), accepted=accepted)
        self._behind_cr = accepted if line.endswith(b"\r") else None

    def finish(self) -> None:
        """Count the unfinished line as discarded: the input has ended."""
        self._pass_line_feed()
        self._buffer.skip(len(self._buffer))

    def _pass_line_feed(self) -> None:
        if self._behind_cr is None or not len(self._buffer):
            return
        if self._buffer.peek(1) == b"\n":
            self._remove(1, accepted=self._behind_cr)
        self._behind_cr = None

    def _remove(self, count: int, *, accepted: bool) -> None:
        if accepted:
            self._buffer.take(count)
        else:
            self._buffer.skip(count)
