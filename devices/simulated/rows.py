"""The rows of a scenario as they are written in its file; read strictly."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from vitals.deeds import Said
from vitals.measure import Agent
from vitals.sounding import SoundProfile

Name = Annotated[str, Meta(min_length=1, max_length=32)]
Age = Annotated[str, Meta(pattern=r"^\d{1,3}[ymd]$")]
"""`4y`, `8m` or `20d`."""
Seconds = Annotated[float, Meta(ge=0)]
Saturation = Annotated[float, Meta(ge=1, le=100)]
Rate = Annotated[float, Meta(ge=20, le=300)]
Breaths = Annotated[float, Meta(ge=0, le=80)]
Carbon = Annotated[float, Meta(ge=0, le=15)]
Pressure = Annotated[float, Meta(ge=15, le=260)]


class Perfusion(StrEnum):
    """How strongly the pulse fills the finger."""

    GOOD = "good"
    MARGINAL = "marginal"
    LOW = "low"


class Probe(StrEnum):
    """Whether the probe sits on the patient."""

    ON = "on"
    OFF = "off"


class Pulse(StrEnum):
    """Whether the probe can find a pulse."""

    FOUND = "found"
    LOST = "lost"


class Motion(StrEnum):
    """Whether the patient moves the probe."""

    ON = "on"
    OFF = "off"


class Wrap(StrEnum):
    """Whether the blood pressure cuff sits on the patient."""

    ON = "on"
    OFF = "off"


class Cable(StrEnum):
    """Whether a device's cable is plugged in."""

    IN = "in"
    OUT = "out"


class Trouble(StrEnum):
    """What ails a monitor itself; one thing at a time."""

    NONE = "none"
    DEAD = "dead"
    """A broken wire: the plug is in, and nothing comes through."""
    NOISE = "noise"
    """Every byte arrives damaged."""
    LEADS = "leads"
    """The ECG leads are off."""
    LINE = "line"
    """The CO2 adapter or the sampling line is off, or blocked."""
    ZERO = "zero"
    """The gas bench measures itself instead of the patient."""
    DIATHERMY = "diathermy"
    """The surgeon's current drowns the ECG: no beat can be counted."""


class Deed(StrEnum):
    """What staff do at the bedside."""

    START = "start"
    """With everything made sure of; the probes may come later."""
    PLAN = "plan"
    EMERGENCY = "emergency"
    AGE = "age"
    """Say how old the patient is."""
    SAY = "say"
    ACKNOWLEDGE = "acknowledge"
    END = "end"


class Join(StrEnum):
    """What carries a device's bytes."""

    SERIAL = "serial"
    TCP = "tcp"


class DeviceRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A simulated monitor at a bed."""

    name: Name
    protocol: Name
    bed: Name
    pressure_mmhg: float | None = None
    """What a capnograph is told of the barometer."""
    profile: Name | None = None
    """The register map that shipped under this name, for Modbus."""
    join: Join = Join.SERIAL


class PatientRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The patient of a bed, as the scenario begins."""

    bed: Name
    age: Age
    spo2: Saturation
    pulse_rate: Rate
    perfusion: Perfusion = Perfusion.GOOD
    respiratory_rate: Breaths = 22.0
    etco2: Carbon = 5.1
    """kPa."""
    fico2: Carbon = 0.0
    """kPa."""
    systolic: Pressure = 92.0
    diastolic: Pressure = 52.0
    temperature: Annotated[float, Meta(ge=30, le=43)] = 36.7
    fio2: Annotated[float, Meta(ge=15, le=100)] = 40.0
    n2o: Annotated[float, Meta(ge=0, le=80)] = 0.0
    agent: Agent = Agent.SEVOFLURANE
    agent_percent: Annotated[float, Meta(ge=0, le=10)] = 2.2
    """Inspired."""
    nibp_every_s: Annotated[float, Meta(ge=30)] = 180.0
    same_limb: bool = False
    """The probe sits on the limb of the cuff: while that measures it finds no pulse."""
    profile: SoundProfile = SoundProfile.THEATRE
    """Which alarms of the bed sound."""


class PatientEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """A turn of the patient: values move to their target within `over_s`, states change at once."""

    at_s: Seconds
    bed: Name | None = None
    """May be left out where there is one patient."""
    spo2: Saturation | None = None
    pulse_rate: Rate | None = None
    respiratory_rate: Breaths | None = None
    """0 is apnoea: CO2 stops, and SpO2 falls some time later by itself."""
    etco2: Carbon | None = None
    fico2: Carbon | None = None
    systolic: Pressure | None = None
    diastolic: Pressure | None = None
    over_s: Seconds = 0.0
    probe: Probe | None = None
    pulse: Pulse | None = None
    motion: Motion | None = None
    cuff: Wrap | None = None


class CableEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """A cable pulled or plugged in."""

    at_s: Seconds
    device: Name
    cable: Cable


class TroubleEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """What ails a monitor from now on, until it is another thing or `none`."""

    at_s: Seconds
    device: Name
    trouble: Trouble


class StaffEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that staff do: `start` and `plan` need `code` and `age`, `say` its deed."""

    at_s: Seconds
    bed: Name
    do: Deed
    by: Name
    code: Name | None = None
    age: Age | None = None
    alarm: Name | None = None
    device: Name | None = None
    """Of a technical alarm that is acknowledged."""
    deed: Said | None = None
    ago_s: Seconds = 0.0
    """So long before it is said it happened."""
    block: bool = False
    """What is planned is a block."""


Event = PatientEvent | CableEvent | TroubleEvent | StaffEvent
