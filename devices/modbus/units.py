"""Units that devices speak, turned into the one that a measure has.

Factors: NIST Special Publication 811 (2008), appendix B.8.
"""

from __future__ import annotations

from vitals.measure import Measure

_SIZES: dict[str, dict[str, float]] = {
    "pressure": {
        "Pa": 1.0,
        "hPa": 100.0,
        "mbar": 100.0,
        "mm[Hg]": 133.322,
        "mmHg": 133.322,
        "kPa": 1e3,
        "psi": 6894.757,
        "bar": 1e5,
        "MPa": 1e6,
    },
    "mass": {"g": 1.0, "lb": 453.59237, "kg": 1e3},
    "temperature": {"Cel": 1.0},
    "rate": {"/min": 1.0},
    "share": {"1": 100.0, "%": 1.0},
}
"""In one unit of its own for each kind; gauge pressure stays gauge, absolute stays absolute."""
_KINDS = {unit: kind for kind, sizes in _SIZES.items() for unit in sizes}


def known(measure: Measure) -> tuple[str, ...]:
    """Return the units that a measure can be told in."""
    own = measure.form.unit
    return (own,) if measure is Measure.MAC else tuple(_SIZES[_KINDS[own]])


def converted(value: float, unit: str, measure: Measure) -> float:
    """Return `value` in the measure's own unit."""
    own = measure.form.unit
    if unit == own:
        return value
    sizes = _SIZES[_KINDS[own]]
    return value * sizes[unit] / sizes[own]
