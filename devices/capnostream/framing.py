"""Finds messages in a stream, from either end of the line.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007), message structure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from devices.capnostream.envelope import ESCAPE, ESCAPED, HEADER
from firmware_bridge.checksum import xor8
from firmware_bridge.receive import Decoder

T = TypeVar("T")


class FrameDecoder(Decoder[T]):
    """Keeps one message at most; `parse` makes something of code and data, or refuses them."""

    def __init__(self, parse: Callable[[int, bytes], T | None]) -> None:
        self._parse = parse
        self._plain = bytearray()
        self._waiting = 0
        """Bytes of the open message on the wire, its header included; 0 between messages."""
        self._escaped = False
        self._found: deque[T] = deque()
        self.frames = 0
        self.bad_frames = 0
        self.discarded_bytes = 0
        """Bytes in no accepted frame, those still waiting not included."""

    def feed(self, data: bytes) -> None:
        """Take `data`; what it completes is then asked for."""
        for byte in data:
            if byte == HEADER:
                self._drop()
                self._waiting = 1
            elif not self._waiting:
                self.discarded_bytes += 1
            else:
                self._waiting += 1
                self._add(byte)

    def next_frame(self) -> T | None:
        """Return the next good message, or None when more bytes are needed."""
        return self._found.popleft() if self._found else None

    def finish(self) -> None:
        """Count the unfinished tail as discarded: the input has ended."""
        self._drop()

    def _add(self, byte: int) -> None:
        if self._escaped:
            self._escaped = False
            if byte not in ESCAPED:
                self._refuse()
                return
            self._plain.append(ESCAPE + byte)
        elif byte == ESCAPE:
            self._escaped = True
            return
        else:
            self._plain.append(byte)
        self._check()

    def _check(self) -> None:
        """Complete the message where its length says so; without a code it is none."""
        length = self._plain[0]
        if not length:
            self._drop()
        elif len(self._plain) == length + 2:
            self._complete()

    def _complete(self) -> None:
        plain = bytes(self._plain)
        parsed = None if xor8(plain) else self._parse(plain[1], plain[2:-1])
        if parsed is None:
            self._refuse()
            return
        self.frames += 1
        self._found.append(parsed)
        self._close()

    def _refuse(self) -> None:
        self.bad_frames += 1
        self._drop()

    def _drop(self) -> None:
        self.discarded_bytes += self._waiting
        self._close()

    def _close(self) -> None:
        self._plain.clear()
        self._waiting = 0
        self._escaped = False
