"""How a serial line is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Baud = Literal[
    300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600
]
"""What every adapter can be set to; another speed is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class LineSettings:
    """Speed and framing of a serial line; no flow control."""

    baud: Baud
    data_bits: Literal[7, 8] = 8
    parity: Literal["N", "E", "O"] = "N"
    stop_bits: Literal[1, 2] = 1

    def __str__(self) -> str:
        return f"{self.baud} {self.data_bits}{self.parity}{self.stop_bits}"
