"""Frames of DRI: a record between two flags, with a sum, escaped.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapter on the frame
structure and example frames A-1 to A-5.
"""

from __future__ import annotations

import re

from devices.ge_dri.wire import HEADER_BYTES, MAX_RECORD_BYTES, Record
from firmware_bridge.checksum import sum8
from firmware_bridge.receive import BufferedDecoder

FLAG = b"\x7e"
ESCAPE = b"\x7d"
SHORTEST = HEADER_BYTES + 1
"""A header and the sum."""
LONGEST = 2 * (MAX_RECORD_BYTES + 1)
"""A record and the sum, all of it escaped."""

_ESCAPED = {FLAG: b"\x7d\x5e", ESCAPE: b"\x7d\x5d"}
_TO_ESCAPE = re.compile(b"[\x7d\x7e]")
_PLAIN = {escaped: plain for plain, escaped in _ESCAPED.items()}
_TO_UNESCAPE = re.compile(b"\x7d[\x5d\x5e]")
_BROKEN = re.compile(b"\x7d(?![\x5d\x5e])")


def framed(record: Record) -> bytes:
    """Return the record as it goes over the wire; the sum is over it before the escapes."""
    data = record.to_bytes()
    data += bytes((sum8(data),))
    return FLAG + _TO_ESCAPE.sub(lambda found: _ESCAPED[found[0]], data) + FLAG


def unframed(content: bytes) -> Record | None:
    """Return the record of what stands between two flags; None where it is none."""
    if len(content) > LONGEST or _BROKEN.search(content):
        return None
    data = _TO_UNESCAPE.sub(lambda found: _PLAIN[found[0]], content)
    if not data or sum8(data[:-1]) != data[-1]:
        return None
    return Record.parse(data[:-1])


class FrameDecoder(BufferedDecoder[Record]):
    """Finds records in a stream; one flag may both end a frame and begin the next."""

    def __init__(self) -> None:
        super().__init__()
        self._behind_frame = False
        """The flag that ended a frame has just been taken, and may begin the next one."""

    def next_frame(self) -> Record | None:
        """Return the next good record, or None when more bytes are needed."""
        while (content := self._content()) is not None:
            begin = 0 if self._behind_frame else 1
            if (record := unframed(content)) is not None:
                self._buffer.take(begin + len(content) + 1)
                self._behind_frame = True
                self.frames += 1
                return record
            # The flag behind it stays: it may begin the next frame.
            self._buffer.skip(begin + len(content))
            self._behind_frame = False
            self.bad_frames += SHORTEST <= len(content) <= LONGEST
        return None

    def _content(self) -> bytes | None:
        """Return what stands between the flag that begins and the next one."""
        waiting = self._buffer.peek(len(self._buffer))
        begin = 0
        if not self._behind_frame:
            start = waiting.find(FLAG)
            self._buffer.skip(start if start >= 0 else len(waiting))
            waiting, begin = waiting[start:] if start >= 0 else b"", 1
        end = waiting.find(FLAG, begin)
        if end >= 0:
            return waiting[begin:end]
        if len(waiting) - begin > LONGEST:
            self._buffer.skip(len(waiting))
            self._behind_frame = False
        return None
