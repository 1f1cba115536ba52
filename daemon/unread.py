"""What came over a line since the last frame that proves its protocol; pure."""

from __future__ import annotations

from devices.contract import Counts
from vitals.instant import Instant

KEPT = 4096
"""Bytes kept for a guess; the oldest go first."""
PROVEN_BYTES = 16
"""So many bytes in good frames prove a protocol also behind a torn frame of the same length."""


class Unread:
    """The bytes of one line while its protocol makes nothing of them.

    A frame proves its protocol where it stands beside others of its kind. Where frames are short
    and a check has eight bits, bytes of another protocol hold a good one every second or two: it
    stands alone in rubbish, and proves nothing.
    """

    def __init__(self) -> None:
        self.since: Instant | None = None
        """When the first byte came since the last proof; None where nothing came."""
        self._bytes = bytearray()
        self._received = 0
        self._discarded = 0

    @property
    def kept(self) -> bytes:
        """Return the newest of the unread bytes."""
        return bytes(self._bytes)

    def take(self, data: bytes, before: Counts, after: Counts, at: Instant) -> bool:
        """Take what a driver was given, and its counts; tell whether that proves its protocol."""
        self._received += len(data)
        self._discarded += after.discarded_bytes - before.discarded_bytes
        if after.frames > before.frames:
            proven = _proven(self._received, self._discarded)
            self._received = self._discarded = 0
            if proven:
                self.since = None
                self._bytes.clear()
                return True
        self._keep(data, at)
        return False

    def _keep(self, data: bytes, at: Instant) -> None:
        if data and self.since is None:
            self.since = at
        self._bytes += data
        del self._bytes[:-KEPT]


def _proven(received: int, discarded: int) -> bool:
    """Tell whether a frame and what was discarded before it are of one protocol."""
    if 4 * discarded <= received:
        return True
    return 2 * discarded <= received and received - discarded >= PROVEN_BYTES
