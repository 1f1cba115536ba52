"""The six slow bytes of a frame: one block each ID, the whole round twice a second.

Document: "Anesthetic Gas Sensor Communication Protocol" (compatible with Phasein), section "Slow
data", A.2 (agents), A.3 (registers) and A.4 (configuration). 0xFF stands for no data only where a
byte is a value: as a set of bits it is every option fitted.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Self

from devices.phasein.wire import NO_BYTE, NO_DATA
from vitals.measure import Agent

AGENTS = {
    1: Agent.HALOTHANE,
    2: Agent.ENFLURANE,
    3: Agent.ISOFLURANE,
    4: Agent.SEVOFLURANE,
    5: Agent.DESFLURANE,
}
"""A.2; 0 is no agent."""

_GENERAL = struct.Struct(">4BH")


def _value(byte: int) -> int | None:
    return None if byte == NO_BYTE else byte


def _byte(value: int | None) -> int:
    return NO_BYTE if value is None else value


@dataclass(frozen=True, slots=True)
class Concentrations:
    """IDs 0, 1 and 2; None is no data."""

    co2: int | None
    """Tenths of a per cent, as are the agents."""
    n2o: int | None
    """Whole per cents, as is oxygen."""
    agent1: int | None
    agent2: int | None
    oxygen: int | None

    def to_bytes(self) -> bytes:
        """Return the six bytes; the last is reserved."""
        values = (self.co2, self.n2o, self.agent1, self.agent2, self.oxygen)
        return bytes(map(_byte, values)) + bytes((NO_BYTE,))

    @classmethod
    def parse(cls, slow: bytes) -> Self:
        """Return what six bytes say."""
        return cls(*map(_value, slow[:5]))


@dataclass(frozen=True, slots=True)
class General:
    """ID 3; None is no data."""

    rate: int | None
    """/min."""
    since_breath: int | None
    """s."""
    agent1: int
    """A key of `AGENTS`, or 0."""
    agent2: int
    pressure: int | None
    """Ambient, in tenths of a kPa."""

    def to_bytes(self) -> bytes:
        """Return the six bytes."""
        pressure = NO_DATA if self.pressure is None else self.pressure
        agents = (self.agent1, self.agent2)
        return _GENERAL.pack(_byte(self.rate), _byte(self.since_breath), *agents, pressure)

    @classmethod
    def parse(cls, slow: bytes) -> Self:
        """Return what six bytes say."""
        rate, since_breath, agent1, agent2, pressure = _GENERAL.unpack(slow)
        known = None if pressure == NO_DATA else pressure
        return cls(_value(rate), _value(since_breath), agent1, agent2, known)


class Mode(IntEnum):
    """Bits 2 to 0 of the sensor mode register."""

    SELF_TEST = 0
    SLEEP = 1
    MEASUREMENT = 2
    DEMO = 3
    """What is sent is made up."""


MODE_BITS = 0x07


class Adapter(IntFlag):
    """The adapter status register."""

    REPLACE = 0x01
    MISSING = 0x02
    O2_CLOGGED = 0x04


class Range(IntFlag):
    """The data valid register: what is outside its range."""

    CO2 = 0x01
    N2O = 0x02
    AGENT = 0x04
    OXYGEN = 0x08
    TEMPERATURE = 0x10
    PRESSURE = 0x20
    ZERO_REQUIRED = 0x40


@dataclass(frozen=True, slots=True)
class Registers:
    """ID 4 (A.3); a register without data has no bit set."""

    mode: int
    """A number of `Mode`."""
    error: int
    """Bits: software, hardware, motor, uncalibrated."""
    adapter: Adapter
    range: Range

    def to_bytes(self) -> bytes:
        """Return the six bytes; the second and the last are reserved."""
        reserved = NO_BYTE
        return bytes((self.mode, reserved, self.error, self.adapter, self.range, reserved))

    @classmethod
    def parse(cls, slow: bytes) -> Self:
        """Return what six bytes say."""
        error, adapter, ranges = (_value(byte) or 0 for byte in slow[2:5])
        return cls(slow[0] & MODE_BITS, error, Adapter(adapter), Range(ranges))


@dataclass(frozen=True, slots=True)
class Configuration:
    """ID 5 (A.4)."""

    fitted: int
    """Bits: oxygen, CO2, N2O, then the agents in the order of `AGENTS`; 0xFF is all of them."""
    hardware: int
    """Revisions are digits in halves of a byte."""
    software: int
    """Four digits."""
    identifies: bool
    """It finds out which agent there is."""
    protocol: int

    def to_bytes(self) -> bytes:
        """Return the six bytes."""
        software = self.software.to_bytes(2, "big")
        return bytes((self.fitted, self.hardware, *software, self.identifies, self.protocol))

    @classmethod
    def parse(cls, slow: bytes) -> Self:
        """Return what six bytes say."""
        software = int.from_bytes(slow[2:4], "big")
        return cls(slow[0], slow[1], software, bool(slow[4] & 1), slow[5])


class Work(IntFlag):
    """The service status register."""

    ZERO_DISABLED = 0x01
    ZERO_RUNNING = 0x02
    SPAN_ERROR = 0x04
    SPAN_RUNNING = 0x08


@dataclass(frozen=True, slots=True)
class Service:
    """ID 6."""

    serial: int
    work: Work

    def to_bytes(self) -> bytes:
        """Return the six bytes; the last three are reserved."""
        reserved = bytes((NO_BYTE, NO_BYTE, NO_BYTE))
        return self.serial.to_bytes(2, "big") + bytes((self.work,)) + reserved

    @classmethod
    def parse(cls, slow: bytes) -> Self:
        """Return what six bytes say."""
        return cls(int.from_bytes(slow[:2], "big"), Work(_value(slow[2]) or 0))
