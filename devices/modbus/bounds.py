"""What each measure can be at all: a register that says more holds no measurement.

A map's own `min` and `max` are narrower; these hold whatever a map says. They are no alarm limits.
Rows marked *assumed* are ours: wider than any device of the catalogue tells, narrower than what a
register without a value holds (65535, 32767, -32768 and their hundredths).
"""

from __future__ import annotations

from typing import NamedTuple

from vitals.measure import Measure


class Range(NamedTuple):
    """The lowest and the highest, both possible, in the measure's own unit."""

    lowest: float
    highest: float

    def holds(self, number: float) -> bool:
        """Tell whether a number is possible."""
        return self.lowest <= number <= self.highest


_SHARE = Range(0, 100)
"""Of a whole, by definition."""
_RATE = Range(0, 350)
"""Assumed: oximeters tell up to 321 (Nonin, OEM III specification), ECG monitors up to 300."""
_CO2 = Range(-1, 20)
"""Capnostat 5 and its like measure 0 to 150 mmHg; below 0 its zero drifts (assumed)."""
_CUFF = Range(0, 300)
"""IEC 80601-2-30: no cuff is inflated beyond 300 mmHg."""
_LINE = Range(-50, 350)
"""Assumed: IEC 60601-2-34 asks for -30 to 300 mmHg."""
_GAS = Range(-1, 105)
"""Assumed: a share of a whole, with an analyser's own error at both ends."""
_AGENT = Range(-1, 30)
"""Assumed: a desflurane vaporiser gives up to 18 %."""

_RANGES = {
    Measure.SPO2: _SHARE,
    Measure.PULSE_RATE: _RATE,
    Measure.PERFUSION_INDEX: _SHARE,
    Measure.HEART_RATE: _RATE,
    Measure.ETCO2: _CO2,
    Measure.FICO2: _CO2,
    Measure.RESPIRATORY_RATE: Range(0, 200),  # assumed: capnographs tell up to 150
    Measure.NIBP_SYSTOLIC: _CUFF,
    Measure.NIBP_DIASTOLIC: _CUFF,
    Measure.NIBP_MEAN: _CUFF,
    Measure.NIBP_PULSE_RATE: _RATE,
    Measure.ART_SYSTOLIC: _LINE,
    Measure.ART_DIASTOLIC: _LINE,
    Measure.ART_MEAN: _LINE,
    Measure.TEMPERATURE: Range(0, 50),  # assumed: of a patient
    Measure.FIO2: _GAS,
    Measure.ETO2: _GAS,
    Measure.N2O_INSPIRED: _GAS,
    Measure.N2O_EXPIRED: _GAS,
    Measure.AGENT_INSPIRED: _AGENT,
    Measure.AGENT_EXPIRED: _AGENT,
    Measure.MAC: Range(0, 20),  # assumed
    Measure.TOF_RATIO: Range(0, 200),  # assumed: the fourth twitch can exceed the first
    Measure.GAS_PRESSURE: Range(-1.1, 450),  # vacuum, to cylinders of 300 bar tested at 450
    Measure.GAS_MASS: Range(-10, 2000),  # assumed: a bundle of cylinders, and a scale's zero
}
_PLACED = {Measure.TEMPERATURE: Range(-200, 850)}
"""Of a thing and no patient, as a site says: IEC 60751, platinum thermometers."""


def possible(measure: Measure, site: str | None) -> Range:
    """Return what a measure can be, in its own unit; with a site it is of no patient."""
    return _PLACED.get(measure, _RANGES[measure]) if site else _RANGES[measure]
