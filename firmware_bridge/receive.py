"""A bounded receive buffer: a decoder takes frames from its front and skips what is none."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Protocol, TypeVar

PORTION = 1024
"""A quarter of what a buffer holds."""

Frame_co = TypeVar("Frame_co", covariant=True)


class Decoder(Protocol[Frame_co]):
    """Is fed and asked; never waits."""

    def feed(self, data: bytes) -> None:
        """Append `data`."""
        ...

    @abstractmethod
    def next_frame(self) -> Frame_co | None:
        """Return the next good frame, or None when more bytes are needed."""
        ...


def portions(data: bytes) -> Iterator[bytes]:
    """Yield `data` in parts so small that a bounded buffer, asked after each, drops nothing."""
    return (data[start : start + PORTION] for start in range(0, len(data), PORTION))


def frames(decoder: Decoder[Frame_co], data: bytes) -> Iterator[Frame_co]:
    """Feed `data` and yield each frame that it completes, as soon as it does."""
    for portion in portions(data):
        decoder.feed(portion)
        while (frame := decoder.next_frame()) is not None:
            yield frame


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


class BufferedDecoder(Decoder[Frame_co]):
    """A decoder over a bounded buffer: what each of them counts, and how it ends."""

    def __init__(self) -> None:
        self._buffer = ReceiveBuffer()
        self.frames = 0
        self.bad_frames = 0

    @property
    def discarded_bytes(self) -> int:
        """Return the bytes in no accepted frame, those still waiting not included."""
        return self._buffer.discarded

    @property
    def waiting(self) -> int:
        """Return how many bytes wait for the rest of a frame."""
        return len(self._buffer)

    def feed(self, data: bytes) -> None:
        """Append `data`; beyond the buffer's limit the oldest bytes are dropped and counted."""
        self._buffer.feed(data)

    def give_up(self) -> None:
        """Say that the rest of what waits will not come: slide on by one byte."""
        self._buffer.skip()

    def finish(self) -> None:
        """Count the unfinished tail as discarded: the input has ended."""
        self._buffer.skip(len(self._buffer))
