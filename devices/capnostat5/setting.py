"""Settings of the module: what the host asks and tells.

Document: Respironics, "OEM module interface" (1015115DS1), command 84h; not public, read as public
drivers agree (rainer-fabian-gui, weisiwu/Capnograph, CO2InterfaceEmulator).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from devices.capnostat5.frame import Frame, from_word, word

SETTING = 0x84
"""The command of these frames."""


class Index(IntEnum):
    """Which setting a frame of command 84h is about (ISB)."""

    PRESSURE = 0x01
    """Barometric pressure in mmHg."""
    UNIT = 0x07
    GAS = 0x0B


@dataclass(frozen=True, slots=True)
class Setting:
    """A frame of command 84h: without data the host asks, with data it sets; both are echoed."""

    index: int
    """A number of `Index`."""
    data: bytes = b""

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        return Frame(SETTING, bytes((self.index,)) + self.data).to_bytes()

    @classmethod
    def parse(cls, frame: Frame) -> Self | None:
        """Return what a frame says, or None where it is none of these."""
        if frame.command != SETTING or not frame.data:
            return None
        return cls(frame.data[0], frame.data[1:])


COMPENSATION_BYTES = 4


@dataclass(frozen=True, slots=True)
class Compensation:
    """The data of `Index.GAS`: what the CO2 is diluted in."""

    oxygen: int
    """%."""
    balance: int
    """0 air or nitrogen, 1 nitrous oxide, 2 helium."""
    agent: int
    """Tenths of a per cent."""

    def to_bytes(self) -> bytes:
        """Return the four bytes."""
        return bytes((self.oxygen, self.balance)) + from_word(self.agent)

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return what four bytes say, or None where there are not four."""
        return cls(data[0], data[1], word(data[2:])) if len(data) == COMPENSATION_BYTES else None
