"""Frames of the HealthyPi boards, 4 and 5, in the framing that the maker calls OpenView.

Document: the maker's firmware. Version 4: Protocentral/protocentral_healthypi_v4,
`Healthypiv4_Arduino.ino`, read against its viewer `gui.pde`. Version 5:
Protocentral/protocentral_healthypi5_zephyr, `app/src/data_module.c`. Payloads have their low byte
first; there is no check, so marks, type and length must all be in their places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from struct import Struct
from types import MappingProxyType
from typing import ClassVar, Self

START = b"\x0a\xfa"
HEAD = Struct("<2sHB")
"""Start, length of the payload, type."""
END = b"\x00\x0b"
NOT_A_PRESSURE = bytes((80, 120))
"""Two bytes that the firmware of version 4 sends always, called blood pressure: nothing measured
them, so they are written by the simulator and read by nobody."""
REPEATED = 0xFF
"""In the skip byte: this sample of the chest is the one before, said again."""


@dataclass(frozen=True, slots=True)
class Sample4:
    """A sample of version 4: type 2, 20 bytes."""

    TYPE: ClassVar[int] = 2
    BODY: ClassVar[Struct] = Struct("<hhiiHBBB2xB")

    ecg: int
    """Signed, filtered, as all samples without a known scale."""
    resp: int
    ir: int
    red: int
    temperature: int
    """Hundredths of a degree Celsius; 0 for none."""
    rr: int
    """/min; 0 for none, as the two that follow."""
    spo2: int
    hr: int
    leads: int
    """Status of the ADS1292R: bits 0 to 4 are electrodes that are off."""

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        payload = bytearray(
            self.BODY.pack(
                self.ecg,
                self.resp,
                self.ir,
                self.red,
                self.temperature,
                self.rr,
                self.spo2,
                self.hr,
                self.leads,
            )
        )
        payload[17:19] = NOT_A_PRESSURE
        return framed(self.TYPE, bytes(payload))

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """Return the sample of 20 bytes."""
        return cls(*cls.BODY.unpack(payload))


@dataclass(frozen=True, slots=True)
class Sample5:
    """A sample of version 5: type 2, 22 bytes."""

    TYPE: ClassVar[int] = 2
    BODY: ClassVar[Struct] = Struct("<iiBiiHBBB")

    ecg: int
    bioz: int
    skip: int
    """0 where `bioz` is a new sample."""
    red: int
    """Before the infrared one: version 4 has them the other way round."""
    ir: int
    temperature: int
    """Hundredths of a degree Celsius; 0 for none."""
    spo2: int
    hr: int
    rr: int

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        payload = self.BODY.pack(
            self.ecg,
            self.bioz,
            self.skip,
            self.red,
            self.ir,
            self.temperature,
            self.spo2,
            self.hr,
            self.rr,
        )
        return framed(self.TYPE, payload)

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """Return the sample of 22 bytes."""
        return cls(*cls.BODY.unpack(payload))


@dataclass(frozen=True, slots=True)
class EcgBlock5:
    """Eight samples of ECG and four of the chest: type 3, 50 bytes."""

    TYPE: ClassVar[int] = 3
    BODY: ClassVar[Struct] = Struct("<12iBB")

    ecg: tuple[int, ...]
    bioz: tuple[int, ...]
    hr: int
    rr: int

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        return framed(self.TYPE, self.BODY.pack(*self.ecg, *self.bioz, self.hr, self.rr))

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """Return the block of 50 bytes."""
        *samples, hr, rr = cls.BODY.unpack(payload)
        return cls(tuple(samples[:8]), tuple(samples[8:]), hr, rr)


@dataclass(frozen=True, slots=True)
class PpgBlock5:
    """Eight samples of pleth: type 4, 19 bytes.

    Its temperature is left out: the firmware sends the high byte of it twice.
    """

    TYPE: ClassVar[int] = 4
    BODY: ClassVar[Struct] = Struct("<8HB2x")

    ppg: tuple[int, ...]
    spo2: int

    def to_bytes(self) -> bytes:
        """Return the frame on the wire."""
        return framed(self.TYPE, self.BODY.pack(*self.ppg, self.spo2))

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """Return the block of 19 bytes."""
        *samples, spo2 = cls.BODY.unpack(payload)
        return cls(tuple(samples), spo2)


Frame = Sample4 | Sample5 | EcgBlock5 | PpgBlock5
Shape = type[Sample4] | type[Sample5] | type[EcgBlock5] | type[PpgBlock5]
Shapes = Mapping[tuple[int, int], Shape]
"""By type and length of the payload: the same type means something else in another version."""


def _shapes(*shapes: Shape) -> Shapes:
    return MappingProxyType({(shape.TYPE, shape.BODY.size): shape for shape in shapes})


VERSION_4 = _shapes(Sample4)
VERSION_5 = _shapes(Sample5, EcgBlock5, PpgBlock5)


def framed(kind: int, payload: bytes) -> bytes:
    """Return a payload with what goes around it."""
    return HEAD.pack(START, len(payload), kind) + payload + END
