"""Modbus RTU frames that read: nothing else can be written down here.

Document: "MODBUS Application Protocol Specification V1.1b3", 6.1-6.4 (requests and replies of
functions 01-04) and 7 (exceptions); "MODBUS over Serial Line V1.02", 2.5.1 (RTU frame) and 6.2.2
(CRC, low byte first).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from firmware_bridge.checksum import crc16_modbus

REQUEST_BYTES = 8
REFUSAL_BYTES = 5
HEAD_BYTES = 3
"""Unit, function and byte count, or unit, function and exception code."""
CRC_BYTES = 2
REFUSED = 0x80
"""Set in the function of an exception (7)."""
MOST_WORDS = 125
MOST_BITS = 2000
"""In one reply (6.1-6.4)."""


class Function(IntEnum):
    """The functions that read; those that write (05, 06, 15, 16) do not exist."""

    COILS = 1
    DISCRETE_INPUTS = 2
    HOLDING_REGISTERS = 3
    INPUT_REGISTERS = 4

    @property
    def of_bits(self) -> bool:
        """Tell whether it reads single bits, not words of 16."""
        return self in (Function.COILS, Function.DISCRETE_INPUTS)

    @property
    def most(self) -> int:
        """Return how many of them one reply may hold."""
        return MOST_BITS if self.of_bits else MOST_WORDS

    def size(self, count: int) -> int:
        """Return the byte count of a reply with `count` of them."""
        return (count + 7) // 8 if self.of_bits else count * 2


class ExceptionCode(IntEnum):
    """Why a device does not answer the question (7)."""

    ILLEGAL_FUNCTION = 1
    ILLEGAL_ADDRESS = 2
    ILLEGAL_VALUE = 3
    DEVICE_FAILURE = 4
    ACKNOWLEDGE = 5
    BUSY = 6
    MEMORY_PARITY = 8
    GATEWAY_PATH = 10
    GATEWAY_TARGET = 11


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: `count` coils, inputs or registers from `start` on."""

    unit: int
    function: Function
    start: int
    count: int

    @classmethod
    def parse(cls, data: bytes) -> Request | None:
        """Return the request that `data` is, or None: it may be damaged, or a request to write."""
        if len(data) != REQUEST_BYTES or not intact(data):
            return None
        unit, code, start, count = struct.unpack_from(">BBHH", data)
        if code not in FUNCTIONS or not 1 <= count <= FUNCTIONS[code].most:
            return None
        return cls(unit, FUNCTIONS[code], start, count)

    def to_bytes(self) -> bytes:
        """Return the frame."""
        return _closed(struct.pack(">BBHH", self.unit, self.function, self.start, self.count))


@dataclass(frozen=True, slots=True)
class Reply:
    """What the device has: words high byte first, or bits, the first in the lowest."""

    unit: int
    function: Function
    data: bytes

    @classmethod
    def parse(cls, data: bytes) -> Reply | None:
        """Return the reply that `data` is, or None."""
        if len(data) < HEAD_BYTES + CRC_BYTES or data[1] not in FUNCTIONS:
            return None
        function, size = FUNCTIONS[data[1]], data[2]
        fits = len(data) == HEAD_BYTES + size + CRC_BYTES
        if not fits or not possible(function, size) or not intact(data):
            return None
        return cls(data[0], function, data[HEAD_BYTES:-CRC_BYTES])

    @property
    def words(self) -> tuple[int, ...]:
        """Return the registers."""
        return struct.unpack(f">{len(self.data) // 2}H", self.data)

    def bit(self, place: int) -> bool:
        """Return one coil or input."""
        return bool(self.data[place // 8] >> place % 8 & 1)

    def to_bytes(self) -> bytes:
        """Return the frame."""
        return _closed(bytes([self.unit, self.function, len(self.data)]) + self.data)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An exception: the device is there and says no."""

    unit: int
    function: Function
    code: ExceptionCode

    @classmethod
    def parse(cls, data: bytes) -> Refusal | None:
        """Return the exception that `data` is, or None."""
        if len(data) != REFUSAL_BYTES or not intact(data):
            return None
        code = data[1] & ~REFUSED
        if not data[1] & REFUSED or code not in FUNCTIONS or data[2] not in CODES:
            return None
        return cls(data[0], FUNCTIONS[code], CODES[data[2]])

    def to_bytes(self) -> bytes:
        """Return the frame."""
        return _closed(bytes([self.unit, self.function | REFUSED, self.code]))


def possible(function: Function, size: int) -> bool:
    """Tell whether a reply to `function` can hold `size` bytes."""
    return 1 <= size <= function.size(function.most) and (function.of_bits or size % 2 == 0)


def intact(frame: bytes) -> bool:
    """Tell whether the CRC at the end of a frame is that of what stands before it."""
    return frame[-CRC_BYTES:] == struct.pack("<H", crc16_modbus(frame[:-CRC_BYTES]))


def _closed(body: bytes) -> bytes:
    return body + struct.pack("<H", crc16_modbus(body))


FUNCTIONS = {int(function): function for function in Function}
CODES = {int(code): code for code in ExceptionCode}
