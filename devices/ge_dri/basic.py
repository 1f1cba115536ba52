"""The basic class of physiological data: the numbers that a monitor displays.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapter on physiological
data, basic class. Every group begins with a status of 32 bits and a label of 16; then come values
of 16 bits, each a number or one of `wire.Missing`.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from struct import Struct
from typing import ClassVar, Self

from devices.ge_dri.wire import Missing

BASIC = 0
"""The class of a subrecord, bits 8-11 of cl_drilvl_subt; 1 to 3 are the extensions."""
BLOCK_BYTES = 270
EXISTS, ACTIVE = 0, 1
"""Bits of every status."""


@dataclass(frozen=True, slots=True)
class Physiological:
    """A subrecord of displayed or trend values (struct dri_phdb)."""

    LAYOUT: ClassVar[Struct] = Struct(f"<I{BLOCK_BYTES}sBBH")

    time: int
    """Unix time in s by the monitor's own clock."""
    block: bytes
    """270 bytes; what they hold depends on the class."""
    marker: int = 0
    reserved: int = 0
    level: int = 0
    """cl_drilvl_subt."""

    @property
    def data_class(self) -> int:
        """Return 0 for basic, 1 to 3 for the extensions."""
        return self.level >> 8 & 0x0F

    def to_bytes(self) -> bytes:
        """Return the 278 bytes."""
        return self.LAYOUT.pack(self.time, self.block, self.marker, self.reserved, self.level)

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the subrecord, or None where it is too short."""
        return cls(*cls.LAYOUT.unpack_from(data)) if len(data) >= cls.LAYOUT.size else None


@dataclass(frozen=True, slots=True)
class Group:
    """What all groups have in common."""

    LAYOUT: ClassVar[Struct]

    status: int
    label: int

    @property
    def exists(self) -> bool:
        """Tell whether the monitor has the module."""
        return self.says(EXISTS)

    @property
    def active(self) -> bool:
        """Tell whether the module is there and measures."""
        return self.says(EXISTS) and self.says(ACTIVE)

    def says(self, bit: int) -> bool:
        """Tell whether a bit of the status is set."""
        return bool(self.status >> bit & 1)

    def to_bytes(self) -> bytes:
        """Return the group."""
        return self.LAYOUT.pack(*astuple(self))

    @classmethod
    def parse(cls, block: bytes, offset: int) -> Self:
        """Return the group that stands at `offset` of a block."""
        return cls(*cls.LAYOUT.unpack_from(block, offset))

    @classmethod
    def absent(cls) -> Self:
        """Return the group of a module that is not there."""
        values = (cls.LAYOUT.size - 6) // 2
        return cls(0, 0, *[Missing.INVALID] * values)


@dataclass(frozen=True, slots=True)
class Ecg(Group):
    """Offset 0 (struct ecg_group)."""

    LAYOUT: ClassVar[Struct] = Struct("<IH5h")

    hr: int
    """/min."""
    st1: int
    """1/100 mm, as the next two."""
    st2: int
    st3: int
    impedance_rr: int
    """/min."""


@dataclass(frozen=True, slots=True)
class Pressure(Group):
    """Offsets 16, 30, 44, 58 for P1 to P4, and 72 for NIBP (struct p_group, nibp_group)."""

    LAYOUT: ClassVar[Struct] = Struct("<IH4h")

    systolic: int
    """1/100 mmHg, as the next two."""
    diastolic: int
    mean: int
    rate: int
    """/min."""


@dataclass(frozen=True, slots=True)
class Temperature(Group):
    """Offsets 86, 94, 102, 110 (struct t_group)."""

    LAYOUT: ClassVar[Struct] = Struct("<IHh")

    temperature: int
    """1/100 Cel."""


@dataclass(frozen=True, slots=True)
class Oximetry(Group):
    """Offset 118 (struct SpO2_pl_group)."""

    LAYOUT: ClassVar[Struct] = Struct("<IH4h")

    spo2: int
    """1/100 %."""
    pulse_rate: int
    """/min."""
    ir_amplitude: int
    """1/100 %, as the next."""
    svo2: int


@dataclass(frozen=True, slots=True)
class CarbonDioxide(Group):
    """Offset 132 (struct co2_group)."""

    LAYOUT: ClassVar[Struct] = Struct("<IH4h")

    expired: int
    """1/100 %, as the next."""
    inspired: int
    rate: int
    """Breaths /min."""
    ambient: int
    """1/10 mmHg."""


@dataclass(frozen=True, slots=True)
class Gas(Group):
    """Offsets 146 for O2, 156 for N2O (struct o2_group, n2o_group)."""

    LAYOUT: ClassVar[Struct] = Struct("<IH2h")

    expired: int
    """1/100 %, as the next."""
    inspired: int


@dataclass(frozen=True, slots=True)
class Agents(Group):
    """Offset 166 (struct aa_group)."""

    LAYOUT: ClassVar[Struct] = Struct("<IH3h")

    expired: int
    """1/100 %, as the next."""
    inspired: int
    mac: int
    """1/100 MAC."""


REST_BYTES = BLOCK_BYTES - 178


@dataclass(frozen=True, slots=True)
class Basic:
    """The block of the basic class, in the order of the wire."""

    ecg: Ecg
    pressures: tuple[Pressure, Pressure, Pressure, Pressure]
    nibp: Pressure
    temperatures: tuple[Temperature, Temperature, Temperature, Temperature]
    oximetry: Oximetry
    co2: CarbonDioxide
    o2: Gas
    n2o: Gas
    agents: Agents
    rest: bytes
    """92 bytes from offset 178: flow and volume, cardiac output, NMT, SvO2, P5, P6."""

    def to_bytes(self) -> bytes:
        """Return the 270 bytes."""
        groups = (
            self.ecg,
            *self.pressures,
            self.nibp,
            *self.temperatures,
            self.oximetry,
            self.co2,
            self.o2,
            self.n2o,
            self.agents,
        )
        return b"".join(group.to_bytes() for group in groups) + self.rest

    @classmethod
    def parse(cls, block: bytes) -> Self:
        """Return the groups of 270 bytes."""
        p1, p2, p3, p4 = (Pressure.parse(block, offset) for offset in (16, 30, 44, 58))
        t1, t2, t3, t4 = (Temperature.parse(block, offset) for offset in (86, 94, 102, 110))
        return cls(
            ecg=Ecg.parse(block, 0),
            pressures=(p1, p2, p3, p4),
            nibp=Pressure.parse(block, 72),
            temperatures=(t1, t2, t3, t4),
            oximetry=Oximetry.parse(block, 118),
            co2=CarbonDioxide.parse(block, 132),
            o2=Gas.parse(block, 146),
            n2o=Gas.parse(block, 156),
            agents=Agents.parse(block, 166),
            rest=block[178:],
        )
