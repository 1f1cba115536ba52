"""Frames of SunTech's Advantage OEM blood pressure module, both directions.

The maker's manual is not public; layout, checksum and the two inquiries are those of ak-git's
DesktopFX, `com.ak.comm.bytes.suntech` (NIBPRequest, NIBPResponse) and its NIBPConverter with their
unit tests. Only the two inquiries below can be written: no command that moves air exists here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from struct import Struct
from typing import ClassVar, Self

from firmware_bridge.checksum import negated_sum8, sum8

REQUEST_START = 0x3A
REPLY_START = 0x3E
GET = 0x79
"""The command that reads one of the module's values (NIBPRequest)."""
REQUEST_BYTES = 5


class Inquiry(IntEnum):
    """What the module is asked for (NIBPRequest)."""

    RESULT = 0x03
    CUFF_PRESSURE = 0x05


@dataclass(frozen=True, slots=True)
class Request:
    """Host to module: `:`, 0x79, what is asked for, 0, checksum (NIBPRequest)."""

    inquiry: Inquiry

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        body = bytes((REQUEST_START, GET, self.inquiry, 0))
        return body + bytes((negated_sum8(body),))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the request of five bytes, or None where they are none of the two."""
        requests = (cls(inquiry) for inquiry in Inquiry)
        return next((request for request in requests if request.to_bytes() == data), None)


def _reply(data: bytes) -> bytes:
    """Return a reply: `>`, total length, data, checksum (NIBPProtocolByte)."""
    head = bytes((REPLY_START, len(data) + 3)) + data
    return head + bytes((negated_sum8(head),))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A reply of four bytes: one letter."""

    LENGTH: ClassVar[int] = 4
    DONE: ClassVar[bytes] = b"K"

    letter: bytes
    """`K`: done; any other: not done."""

    def to_bytes(self) -> bytes:
        """Return the four bytes on the wire."""
        return _reply(self.letter)

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the acknowledgement of four checked bytes."""
        return cls(data[2:3])


@dataclass(frozen=True, slots=True)
class CuffPressure:
    """A reply of five bytes: the pressure in the cuff (NIBPResponse.extractPressure)."""

    LENGTH: ClassVar[int] = 5
    LAYOUT: ClassVar[Struct] = Struct("<H")

    mmhg: int
    """0..65535."""

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        return _reply(self.LAYOUT.pack(self.mmhg))

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the pressure of five checked bytes."""
        return cls(*cls.LAYOUT.unpack_from(data, 2))


@dataclass(frozen=True, slots=True)
class Result:
    """A reply of 24 bytes: the last measurement, kept until the next one (NIBPConverter)."""

    LENGTH: ClassVar[int] = 24
    LAYOUT: ClassVar[Struct] = Struct("<HHBB8sBcHB2s")

    systolic: int
    """mmHg, bytes 2-3."""
    diastolic: int
    """mmHg, bytes 4-5."""
    beats: int
    """How many were seen, byte 6."""
    status: int
    """Byte 7."""
    test_codes: bytes
    """Bytes 8-15."""
    pulse_rate: int
    """/min, byte 16."""
    spare: bytes
    """Byte 17."""
    mean: int
    """mmHg, bytes 18-19."""
    error: int
    """Byte 20: 0 is good, any other is no measurement."""
    spares: bytes
    """Bytes 21-22."""

    def to_bytes(self) -> bytes:
        """Return the 24 bytes on the wire."""
        return _reply(
            self.LAYOUT.pack(
                self.systolic,
                self.diastolic,
                self.beats,
                self.status,
                self.test_codes,
                self.pulse_rate,
                self.spare,
                self.mean,
                self.error,
                self.spares,
            )
        )

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the result of 24 checked bytes."""
        return cls(*cls.LAYOUT.unpack_from(data, 2))


@dataclass(frozen=True, slots=True)
class Unasked:
    """A reply that no inquiry of ours brings: a return code (6 bytes) or a text (67 bytes)."""

    LENGTHS: ClassVar[tuple[int, ...]] = (6, 67)

    data: bytes
    """3 or 64 bytes."""

    def to_bytes(self) -> bytes:
        """Return the bytes on the wire."""
        return _reply(self.data)

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the reply of checked bytes."""
        return cls(data[2:-1])


Reply = Acknowledgement | CuffPressure | Result | Unasked
Shape = type[Acknowledgement] | type[CuffPressure] | type[Result] | type[Unasked]

SHAPES: dict[int, Shape] = {
    Acknowledgement.LENGTH: Acknowledgement,
    CuffPressure.LENGTH: CuffPressure,
    Result.LENGTH: Result,
    **dict.fromkeys(Unasked.LENGTHS, Unasked),
}
"""The length is the only type that a reply has."""


def parse_reply(data: bytes) -> Reply | None:
    """Return the reply, or None where start, length or sum do not fit."""
    if len(data) < Acknowledgement.LENGTH or data[0] != REPLY_START or data[1] != len(data):
        return None
    shape = SHAPES.get(len(data))
    return None if shape is None or sum8(data) else shape.parse(data)
