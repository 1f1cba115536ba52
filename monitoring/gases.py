"""Gas from cylinders: how long what flows at a bed is enough."""

from __future__ import annotations

from collections.abc import Iterable

from monitoring.conditions import Presence
from monitoring.sighting import Finding, presence
from monitoring.view import BedView
from vitals.vocabulary import Priority


def gas_low(bed: BedView) -> Iterable[Finding]:
    """Gas that is foreseen to run out; each by itself, named where a device otherwise is.

    More urgent when that is near. Of a gas that nobody entered, or that does not flow, nothing is
    seen; where the time is not known, an alarm stays and a new one does not begin.
    """
    row = bed.case.allowances.gas
    for gas, minutes in bed.gases.items():
        if minutes is None:
            yield Finding(gas.value, Presence.UNKNOWN)
            continue
        urgent = Priority.MEDIUM if minutes < row.near_min else None
        yield Finding(gas.value, presence(minutes < row.low_min), priority=urgent)
