"""What a host may tell an analyser; the product tells it nothing, a simulated one obeys.

Document: "Anesthetic Gas Sensor Communication Protocol" (compatible with Phasein), last section.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from devices.phasein.wire import MARK
from firmware_bridge.checksum import negated_sum8

COMMAND_BYTES = 5


class Order(IntEnum):
    """Which command it is."""

    MODE = 0
    """A number of `devices.phasein.slow.Mode`."""
    APNOEA_TIME = 1
    """20..60 s."""
    AGENT = 2
    OXYGEN = 4
    """%, or 0xFF to use what is measured."""
    ZERO = 6


@dataclass(frozen=True, slots=True)
class Command:
    """Mark, ID, parameter, checksum."""

    order: int
    """A number of `Order`."""
    parameter: int

    def to_bytes(self) -> bytes:
        """Return the five bytes on the wire."""
        body = bytes((self.order, self.parameter))
        return MARK + body + bytes((negated_sum8(body),))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the command of five bytes, or None where mark or sum do not fit."""
        if len(data) != COMMAND_BYTES or data[:2] != MARK or negated_sum8(data[2:4]) != data[4]:
            return None
        return cls(data[2], data[3])
