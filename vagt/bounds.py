"""What a number of the command line can be: the range of its measure, by the rows as shipped.

The daemon answers by the rows in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitals.deed import Deed
from vitals.deeds import Measured, Pair
from vitals.measure import Measure

_PAIR = {
    "spo2": Measure.SPO2,
    "systolic": Measure.NIBP_SYSTOLIC,
    "diastolic": Measure.NIBP_DIASTOLIC,
}


def measured(kind: type[Deed], name: str, given: Mapping[str, Any]) -> Measure | None:
    """Return of which measure a field is a number; None for every other field."""
    if kind is Pair:
        return _PAIR.get(name)
    if kind is Measured and name == "value":
        return next((one for one in Measure if one == given.get("measure")), None)
    return None


def bounds(measure: Measure) -> str:
    """Return `a number from 13 to 46 °C`."""
    from daemon import library

    row = library.load().typed.bounds[measure]
    return f"a number from {row.lowest:g} to {row.highest:g} {measure.form.written}".rstrip()
