"""What the frames of Capnostat 5 and LoFlo say.

Document: Respironics, "OEM module interface" (1015115DS1), commands 80h and C8h; not public, read
as public drivers agree (rainer-fabian-gui, weisiwu/Capnograph, CO2InterfaceEmulator).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from devices.capnostat5.frame import Frame, from_word, word
from devices.capnostat5.setting import SETTING, Setting


class Command(IntEnum):
    """The first byte of a frame, as far as the product reads or sends it."""

    WAVEFORM = 0x80
    SETTING = SETTING
    NACK = 0xC8
    """From the module alone."""
    STOP = 0xC9
    REVISION = 0xCA


class Parameter(IntEnum):
    """What a waveform frame carries besides its sample (DPI)."""

    STATUS = 1
    ETCO2 = 2
    """Tenths of the unit."""
    RESPIRATORY_RATE = 3
    """/min."""
    FICO2 = 4
    """Tenths of the unit."""
    BREATH = 5
    """A breath was found; no data."""
    HARDWARE = 7


class Code(IntEnum):
    """Why the module refuses (NACK)."""

    BOOTED = 0
    """Not a refusal: the module has just started."""
    UNKNOWN_COMMAND = 1
    CHECKSUM = 2
    TIMEOUT = 3
    COUNT = 4
    DATA = 5


STOP = Frame(Command.STOP)
ASK_REVISION = Frame(Command.REVISION, b"\0")
START = Frame(Command.WAVEFORM, b"\0")

ZERO = 1000
"""The count of 0.00: so that negative values can be sent."""
PER_UNIT = 100
NO_SAMPLE = 0
"""The count of -10.00 means that there is no sample."""
SAMPLE_BYTES = 3
"""SYNC, WB1 and WB2; what follows them is optional."""


@dataclass(frozen=True, slots=True)
class Waveform:
    """A frame of command 80h from the module, a hundred a second: SYNC, WB1, WB2, DPI, DB1..."""

    sync: int
    """0..127, one more with every frame."""
    count: int
    """The sample, 0..16383: hundredths of the unit from `ZERO` on."""
    parameter: int | None = None
    """A number of `Parameter`."""
    data: bytes = b""

    @property
    def co2(self) -> float | None:
        """Return the sample in the module's unit."""
        return None if self.count == NO_SAMPLE else (self.count - ZERO) / PER_UNIT

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        tail = b"" if self.parameter is None else bytes((self.parameter,)) + self.data
        head = bytes((self.sync,)) + from_word(self.count)
        return Frame(Command.WAVEFORM, head + tail).to_bytes()

    @classmethod
    def parse(cls, frame: Frame) -> Self | None:
        """Return what a frame says, or None where it is none of these."""
        data = frame.data
        if frame.command != Command.WAVEFORM or len(data) < SAMPLE_BYTES:
            return None
        index = data[SAMPLE_BYTES] if len(data) > SAMPLE_BYTES else None
        return cls(data[0], word(data[1:]), index, data[SAMPLE_BYTES + 1 :])


@dataclass(frozen=True, slots=True)
class Nack:
    """A frame of command C8h from the module: it has started, or it refuses."""

    code: int
    """A number of `Code`; from 6 on the module is faulty."""

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        return Frame(Command.NACK, bytes((self.code,))).to_bytes()

    @classmethod
    def parse(cls, frame: Frame) -> Self | None:
        """Return what a frame says, or None where it is none of these."""
        if frame.command != Command.NACK or len(frame.data) != 1:
            return None
        return cls(frame.data[0])


Message = Waveform | Setting | Nack | Frame


def message(frame: Frame) -> Message:
    """Return what a frame says; the frame itself where it has no meaning of its own."""
    return Waveform.parse(frame) or Setting.parse(frame) or Nack.parse(frame) or frame
