"""What a verb reads: raw bytes or a capture, from a file or the standard input, in portions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from firmware_bridge.capture import MAGIC, CaptureError, CaptureReader
from vagt.main import UsageError
from vitals.instant import Instant

STANDARD_INPUT = 0
PORTION = 65536
LINE_LIMIT = 65536
"""No line of a capture is longer than this many bytes."""
START = Instant(0.0, 0.0)
"""Raw bytes carry no times."""

Read = Callable[[], bytes]
"""Returns what is there, at most a portion; nothing at the end."""


class Chunk(NamedTuple):
    """Bytes that were read at once, and when, counted from the start of their capture."""

    data: bytes
    at: Instant


def chunks(name: str) -> Iterator[Chunk]:
    """Yield the bytes of a file, or of the standard input where `name` is `-`.

    UsageError when it cannot be read; CaptureError when it begins like a capture and is none.
    """
    with _opened(name) as read:
        head = _head(read)
        if head.startswith(MAGIC.encode()):
            yield from _records(head, read)
        else:
            yield from _raw(head, read)


@contextmanager
def _opened(name: str) -> Iterator[Read]:
    try:
        if name == "-":
            yield lambda: os.read(STANDARD_INPUT, PORTION)
        else:
            with Path(name).open("rb", buffering=0) as file:
                yield lambda: file.read(PORTION)
    except OSError as error:
        problem = error.strerror or str(error)
        raise UsageError(f"{name}: {problem}; name a readable file, or - for input") from error


def _head(read: Read) -> bytes:
    """Return enough to tell a capture from raw bytes, waiting only while it may yet be one."""
    head = b""
    magic = MAGIC.encode()
    while len(head) < len(magic) and magic.startswith(head) and (data := read()):
        head += data
    return head


def _raw(data: bytes, read: Read) -> Iterator[Chunk]:
    while data:
        yield Chunk(data, START)
        data = read()


def _records(head: bytes, read: Read) -> Iterator[Chunk]:
    reader = CaptureReader()
    for number, line in enumerate(_lines(head, read), 1):
        if (record := reader.read(_text(line, number))) is not None:
            seconds = record.offset_ms / 1000
            yield Chunk(record.data, Instant(seconds, seconds))
    reader.finish()


def _text(line: bytes, number: int) -> str:
    if len(line) > LINE_LIMIT:
        raise CaptureError(number, f"is longer than {LINE_LIMIT} bytes; split the record")
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise CaptureError(number, "is not UTF-8; save the file as UTF-8") from error


def _lines(waiting: bytes, read: Read) -> Iterator[bytes]:
    """Yield the lines; of one that is too long only the beginning, so that memory is bounded."""
    while data := read():
        *lines, waiting = (waiting + data).split(b"\n")
        yield from lines
        if len(waiting) > LINE_LIMIT:
            break
    if waiting:
        yield from waiting.removesuffix(b"\n").split(b"\n")
