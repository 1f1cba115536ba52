"""A bounded receive buffer: a decoder takes frames from its front and skips what is none."""

from __future__ import annotations


class ReceiveBuffer:
    """Bytes waiting to be decoded; beyond `limit` the oldest are dropped and counted."""

    def __init__(self, limit: int = 4096) -> None:
        self._bytes = bytearray()
        self._limit = limit
        self._discarded = 0

    def __len__(self) -> int:
        return len(self._bytes)

    @property
    def discarded(self) -> int:
        """Return how many bytes were dropped or skipped and so belong to no frame."""
        return self._discarded

    def feed(self, data: bytes) -> None:
        """Append `data`, dropping the oldest bytes beyond the limit."""
        self._bytes += data
        if (excess := len(self._bytes) - self._limit) > 0:
            self.skip(excess)

    def peek(self, count: int) -> bytes:
        """Return the first `count` bytes, or fewer when fewer wait."""
        return bytes(self._bytes[:count])

    def take(self, count: int) -> bytes:
        """Remove and return the first `count` bytes: they belong to a frame."""
        taken = self.peek(count)
        del self._bytes[:count]
        return taken

    def skip(self, count: int = 1) -> None:
        """Remove the first `count` bytes and count them as discarded."""
        self._discarded += min(count, len(self._bytes))
        del self._bytes[:count]
