"""Frames of MEDIBUS: commands and answers, both ways, closed by two hex digits and CR.

Document: Dräger, "RS 232 MEDIBUS, protocol definition", rev. 4.03 (90 28 258): "Structure of
Commands" p. 7, "Command Codes" p. 8, "Structure of Responses" p. 10, "Software Handshaking" p. 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar, Self

from devices.medibus.body import well_formed
from firmware_bridge.checksum import sum8

ESC, SOH, CR = 0x1B, 0x01, 0x0D
SUSPEND, RESUME, ABORT = 0x11, 0x13, 0x18
"""DC1 and DC3 mean the reverse of XON and XOFF; CAN aborts (p. 6)."""
FLOW = frozenset((SUSPEND, RESUME, ABORT))
REALTIME = 0x80
"""Bytes from here on are realtime data; they stand anywhere, also inside frames (p. 6)."""
SHORTEST = 5


class Code(IntEnum):
    """Commands (p. 8), and the echo of an answer that refuses one (p. 11)."""

    NAK = 0x15
    MEASURED = 0x24
    ALARMS = 0x27
    TEXTS = 0x2A
    ALARMS_2 = 0x2E
    """Those of codepage 2."""
    NOP = 0x30
    TIME_CHANGED = 0x49
    ICC = 0x51
    """Initialises the communication; all configuration dies with it."""
    IDENTITY = 0x52
    STOP = 0x55
    REALTIME_CHANGED = 0x56


def _sealed(start: int, code: int, body: bytes) -> bytes:
    """Return a frame: the sum is of everything before it, in upper-case hex (p. 7)."""
    frame = bytes((start, code)) + body
    return frame + f"{sum8(frame):02X}\r".encode("ascii")


def _intact(frame: bytes) -> bool:
    """Tell whether the sum stands before CR as it must; lower-case digits are wrong."""
    return frame[-3:] == f"{sum8(frame[:-3]):02X}\r".encode("ascii")


@dataclass(frozen=True, slots=True)
class Command:
    """ESC, code, argument, sum, CR (p. 7): from the machine as well as to it."""

    START: ClassVar[int] = ESC
    LONGEST: ClassVar[int] = 256

    code: int
    argument: bytes = b""

    def to_bytes(self) -> bytes:
        """Return the bytes on the wire."""
        return _sealed(ESC, self.code, self.argument)

    @classmethod
    def parse(cls, frame: bytes) -> Self | None:
        """Return the command of `frame`, ESC to CR, or None where the sum does not fit."""
        return cls(frame[1], frame[2:-3]) if _intact(frame) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """SOH, the command's code, data, sum, CR (p. 10)."""

    START: ClassVar[int] = SOH
    LONGEST: ClassVar[int] = 3845

    echo: int
    data: bytes = b""

    def to_bytes(self) -> bytes:
        """Return the bytes on the wire."""
        return _sealed(SOH, self.echo, self.data)

    @classmethod
    def parse(cls, frame: bytes) -> Self | None:
        """Return the answer of `frame`, SOH to CR, or None where sum or data do not fit."""
        echo, data = frame[1], frame[2:-3]
        return cls(echo, data) if _intact(frame) and well_formed(echo, data) else None


@dataclass(frozen=True, slots=True)
class Octet:
    """A byte beside the frames: realtime data or flow control; no sum counts it."""

    value: int


Frame = Command | Answer
Shape = type[Command] | type[Answer]
