"""The numerics message: 27 bytes, once a second.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007), message code 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from struct import Struct
from typing import Self

from devices.capnostream.envelope import sealed

CODE = 1
LAYOUT = Struct(">I5BB3sBBB9sBB")
MISSING = 0xFF
"""Every number without a value; SpO2 and pulse rate also where there is no oximeter."""


class Unit(IntEnum):
    """In which unit CO2 is sent, as it is set in the monitor."""

    MMHG = 1
    KPA = 2
    """Tenths of it."""
    PERCENT = 3
    """Tenths of it."""


UNITS = frozenset(Unit)


class Co2Alarm(IntFlag):
    """Bits of the active CO2 alarms."""

    NO_BREATH = 0x01
    ETCO2_HIGH = 0x02
    ETCO2_LOW = 0x04
    RATE_HIGH = 0x08
    RATE_LOW = 0x10
    FICO2_HIGH = 0x20


class Spo2Alarm(IntFlag):
    """Bits of the active SpO2 alarms."""

    NO_PULSE = 0x01
    SPO2_HIGH = 0x02
    SPO2_LOW = 0x04
    RATE_HIGH = 0x08
    RATE_LOW = 0x10
    SENSOR_OFF = 0x20
    DISCONNECTED = 0x40


class Extended(IntFlag):
    """Bits of the extended CO2 status."""

    CHECK_CALIBRATION = 0x01
    CHECK_FLOW = 0x02
    PUMP_OFF = 0x04
    LOW_BATTERY = 0x80
    """Later firmware alone; reserved before."""


@dataclass(frozen=True, slots=True)
class Numerics:
    """Code 1, as the monitor sent it, missing codes included."""

    time: int
    """Seconds since 1970 by the monitor's own clock: local time rather than GMT, never used."""
    etco2: int
    """In `unit`, as is `fico2`."""
    fico2: int
    respiratory_rate: int
    """/min."""
    spo2: int
    """%; 0 where there is no oximeter."""
    pulse_rate: int
    """/min; 0 where there is no oximeter."""
    slow_status: int
    """Which alarms sound or are silenced, and whether the patient is a newborn."""
    events: bytes
    """Three event indices."""
    co2_alarms: int
    """Bits of `Co2Alarm`."""
    spo2_alarms: int
    """Bits of `Spo2Alarm`."""
    no_breath_s: int
    """How long without a breath the monitor waits for its alarm."""
    limits: bytes
    """High and low of EtCO2, of the rate, high of FiCO2, high and low of SpO2, of the pulse."""
    unit: int
    """One of `Unit`."""
    extended: int
    """Bits of `Extended`."""

    def to_bytes(self) -> bytes:
        """Return the bytes on the wire."""
        data = LAYOUT.pack(
            self.time,
            *(self.etco2, self.fico2, self.respiratory_rate, self.spo2, self.pulse_rate),
            *(self.slow_status, self.events, self.co2_alarms, self.spo2_alarms),
            *(self.no_breath_s, self.limits, self.unit, self.extended),
        )
        return sealed(CODE, data)

    @classmethod
    def from_data(cls, data: bytes) -> Self | None:
        """Return the numerics of 27 bytes, or None where they have no known unit.

        Where an escape was damaged all fields behind it are shifted, and a limit stands there.
        """
        numerics = cls(*LAYOUT.unpack(data))
        return numerics if numerics.unit in UNITS else None
