"""The two bit masks at the end of a line.

Documents: Masimo, Rad-8 Operator's Manual, p. 4-23 and 4-24: the low twelve bits of EXC. The high
ones, and ALARM, stand in no manual; they are those of `poxrad_discrete.h` in the Medical Device
Plug-and-Play project, and ALARM's low six bits were seen to agree on a bench.
"""

from __future__ import annotations

from enum import IntFlag


class Exc(IntFlag):
    """Bits of EXC; 0x200 and 0x800000 are reserved."""

    NO_SENSOR = 0x001
    DEFECTIVE_SENSOR = 0x002
    LOW_PERFUSION = 0x004
    PULSE_SEARCH = 0x008
    INTERFERENCE = 0x010
    SENSOR_OFF = 0x020
    AMBIENT_LIGHT = 0x040
    UNRECOGNISED_SENSOR = 0x080
    INCOMPATIBLE_SENSOR = 0x100
    LOW_SIGNAL_IQ = 0x400
    SET = 0x800
    """Masimo SET is running: normal, no fault."""
    NO_CABLE = 0x1000
    CABLE_EXPIRED = 0x2000
    INCOMPATIBLE_CABLE = 0x4000
    UNRECOGNISED_CABLE = 0x8000
    DEFECTIVE_CABLE = 0x10000
    CALIBRATING = 0x20000
    SENSOR_EXPIRED = 0x40000
    EMITTER_TEMPERATURE = 0x80000
    SENSOR_CURRENT = 0x100000
    SPCO_LOW_CONFIDENCE = 0x200000
    SPMET_LOW_CONFIDENCE = 0x400000


class Alarm(IntFlag):
    """Bits of ALARM: the monitor's own alarms, shown there and not repeated here."""

    SPO2_HIGH = 0x01
    SPO2_LOW = 0x02
    RATE_HIGH = 0x04
    RATE_LOW = 0x08
    ACTIVE = 0x10
    SILENCED = 0x20
    LOW_BATTERY = 0x40
    SPCO_HIGH = 0x100
    SPCO_LOW = 0x200
    SPMET_HIGH = 0x400
    SPMET_LOW = 0x800
    DESATURATION_INDEX = 0x1000
    PI_DELTA = 0x2000


OFF = Exc.NO_SENSOR | Exc.SENSOR_OFF | Exc.NO_CABLE
"""Nothing is on the patient."""
UNFIT = (
    Exc.DEFECTIVE_SENSOR
    | Exc.UNRECOGNISED_SENSOR
    | Exc.INCOMPATIBLE_SENSOR
    | Exc.INCOMPATIBLE_CABLE
    | Exc.UNRECOGNISED_CABLE
    | Exc.DEFECTIVE_CABLE
)
"""Sensor or cable cannot measure."""
UNUSABLE = OFF | UNFIT | Exc.PULSE_SEARCH | Exc.INTERFERENCE | Exc.AMBIENT_LIGHT | Exc.CALIBRATING
"""The line may still carry digits, and they are old."""
DOUBTFUL = Exc.LOW_PERFUSION | Exc.LOW_SIGNAL_IQ
"""The numbers are measured, and the device warns of them."""
