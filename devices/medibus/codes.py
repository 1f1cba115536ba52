"""Which codes of codepage 1 are whose values, and which alarms concern a watcher.

Document: Dräger, "MEDIBUS for anaesthesia and intensive-care devices" (90 28 329), lists of
measured data, alarms and text messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vitals.measure import Agent, Measure
from vitals.reading import Note

KPA_PER_MMHG = 1 / 7.50062
KPA_PER_PERCENT_MBAR = 0.001
"""A percentage of a pressure in mbar, in kPa."""
BAR_PER_MBAR = 0.001


@dataclass(frozen=True, slots=True)
class Source:
    """A code that may carry a measure, and how its number becomes one."""

    code: str
    factor: float = 1.0
    times: str | None = None
    """The code of a second number to multiply by; without it there is no value."""

    @property
    def needs(self) -> set[str]:
        """Return the codes that must be there."""
        return {self.code} if self.times is None else {self.code, self.times}


SITES: Mapping[Measure, str] = MappingProxyType({Measure.GAS_PRESSURE: "O2"})
"""Which of several a value is of: code 0F is the central supply of oxygen."""
AMBIENT = "6B"
"""mbar."""
SOURCES: Mapping[Measure, tuple[Source, ...]] = MappingProxyType(
    {
        Measure.SPO2: (Source("EB"),),
        Measure.PULSE_RATE: (Source("E1"),),
        Measure.ETCO2: (
            Source("E3"),
            Source("E6", KPA_PER_MMHG),
            Source("DB", KPA_PER_PERCENT_MBAR, AMBIENT),
        ),
        Measure.FICO2: (
            Source("FF"),
            Source("E5", KPA_PER_MMHG),
            Source("DA", KPA_PER_PERCENT_MBAR, AMBIENT),
        ),
        Measure.RESPIRATORY_RATE: (Source("D5"), Source("D6"), Source("D7")),
        Measure.FIO2: (Source("F0"),),
        Measure.ETO2: (Source("EF"),),
        Measure.N2O_INSPIRED: (Source("FB"),),
        Measure.N2O_EXPIRED: (Source("FC"),),
        Measure.MAC: (Source("AD"), Source("AC")),
        Measure.GAS_PRESSURE: (Source("0F", BAR_PER_MBAR),),
    }
)
"""The first that gives a number wins: CO2 in kPa, else mmHg, else % of the ambient pressure; the
rate of CO2 before the others; MAC expired before inspired; the central supply of oxygen."""

LIMITS: Mapping[Measure, tuple[float, float]] = MappingProxyType(
    {
        Measure.SPO2: (1, 100),
        Measure.PULSE_RATE: (1, 350),
        Measure.ETCO2: (0, 20),
        Measure.FICO2: (0, 20),
        Measure.RESPIRATORY_RATE: (1, 200),
        Measure.FIO2: (0, 100),
        Measure.ETO2: (0, 100),
        Measure.N2O_INSPIRED: (0, 100),
        Measure.N2O_EXPIRED: (0, 100),
        Measure.AGENT_INSPIRED: (0, 30),
        Measure.AGENT_EXPIRED: (0, 30),
        Measure.MAC: (0, 20),
        Measure.GAS_PRESSURE: (0, 20),
    }
)
"""What such a value can be at all, both ends included: a sum does not know the order of bytes.

The documents give no ranges: these are our assumptions, wider than any patient or supply.
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """The codes of one anaesthetic, inspired and expired, in %."""

    inspired: str
    expired: str
    agent: Agent | None


PAIRS = (
    Pair("AE", "AF", Agent.DESFLURANE),
    Pair("B0", "B1", Agent.SEVOFLURANE),
    Pair("F8", "F9", Agent.ISOFLURANE),
    Pair("F4", "F5", Agent.HALOTHANE),
    Pair("F6", "F7", Agent.ENFLURANE),
)
FIRST_AGENT = Pair("E9", "EA", None)
"""Whatever the machine holds for the main one; a text message names it."""
AGENT_TEXTS: Mapping[str, Agent] = MappingProxyType(
    {
        "25": Agent.HALOTHANE,
        "26": Agent.ENFLURANE,
        "27": Agent.ISOFLURANE,
        "28": Agent.DESFLURANE,
        "29": Agent.SEVOFLURANE,
    }
)

APNOEA = "0D"
"""No CO2 fluctuation."""
_SUPPLY = ("11", "12", "13", "BD", "ED")
"""Mixed gas, air, oxygen twice, nitrous oxide."""
_CYLINDERS = ("31", "32", "33", "34", "35", "36", "CA", "CB")
"""Cylinders of oxygen and nitrous oxide; no air, no nitrous oxide."""
_CYLINDER_STATES = ("AF", "B0", "B1", "B2", "B3", "B4", "B5")
"""Cylinders open, their sensors, the pressure of the one of air."""
_BREATH = {APNOEA: Note.NO_BREATH, "3D": Note.CHECK_SAMPLING_LINE}
ALARM_NOTES: Mapping[int, Mapping[str, Note]] = MappingProxyType(
    {
        0x27: {
            APNOEA: Note.NO_BREATH,
            "3D": Note.CHECK_SAMPLING_LINE,
            **dict.fromkeys(_SUPPLY, Note.GAS_SUPPLY),
        },
        0x2E: dict.fromkeys(_CYLINDERS + _CYLINDER_STATES, Note.GAS_SUPPLY),
    }
)
"""By the command that asks for the page, and the code of the alarm."""
