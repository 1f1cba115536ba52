"""Finds frames in a stream where a command may stand inside an answer and octets anywhere.

Document: Dräger, "RS 232 MEDIBUS, protocol definition", rev. 4.03 (90 28 258), p. 6-10.
"""

from __future__ import annotations

from collections import deque

from devices.medibus.wire import (
    CR,
    ESC,
    FLOW,
    REALTIME,
    SHORTEST,
    SOH,
    Answer,
    Command,
    Frame,
    Octet,
    Shape,
)
from firmware_bridge.receive import Decoder

SHAPES: dict[int, Shape] = {ESC: Command, SOH: Answer}


class FrameDecoder(Decoder[Frame | Octet]):
    """Keeps at most an answer and a command inside it; both are bounded by their longest form."""

    def __init__(self) -> None:
        self._open: list[bytearray] = []
        self._found: deque[Frame | Octet] = deque()
        self.frames = 0
        self.bad_frames = 0
        self.discarded_bytes = 0
        """Bytes in no accepted frame, octets included, those still waiting not."""

    def feed(self, data: bytes) -> None:
        """Take `data`; what it completes is then asked for."""
        for byte in data:
            if byte >= REALTIME or byte in FLOW:
                self._found.append(Octet(byte))
                self.discarded_bytes += 1
            elif byte in SHAPES:
                self._begin(byte)
            elif self._open:
                self._add(byte)
            else:
                self.discarded_bytes += 1

    def next_frame(self) -> Frame | Octet | None:
        """Return what came next, or None when more bytes are needed."""
        return self._found.popleft() if self._found else None

    def finish(self) -> None:
        """Count the unfinished tail as discarded: the input has ended."""
        while self._open:
            self.discarded_bytes += len(self._open.pop())

    def _begin(self, mark: int) -> None:
        """Open a frame: an answer interrupts everything, a command only a command."""
        while self._open and (mark == SOH or self._open[-1][0] == ESC):
            self._reject(bytes(self._open.pop()))
        self._open.append(bytearray((mark,)))

    def _add(self, byte: int) -> None:
        frame = self._open[-1]
        frame.append(byte)
        if byte == CR:
            self._end(bytes(self._open.pop()))
        elif len(frame) >= SHAPES[frame[0]].LONGEST:
            self.finish()

    def _end(self, frame: bytes) -> None:
        parsed = SHAPES[frame[0]].parse(frame) if len(frame) >= SHORTEST else None
        if parsed is None:
            self._reject(frame)
        else:
            self.frames += 1
            self._found.append(parsed)

    def _reject(self, frame: bytes) -> None:
        self.discarded_bytes += len(frame)
        self.bad_frames += len(frame) >= SHORTEST
