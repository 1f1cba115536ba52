"""How old a reading may be: current, old, or no longer shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from daemon.protocol.messages import Device, Reading
from tui.mirror import Bed, Held
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality

APART_S = 10.0
"""Two values of one device that came further apart are not of one measurement."""
RARE_S = 60.0
"""What stays fresh for so long is measured now and then, and the newest measurement counts."""


class Standing(Enum):
    """What a reading's age makes of it; the order is that of trust."""

    FRESH = 0
    OLD = 1
    GONE = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading as it may be shown at one moment."""

    reading: Reading
    device: Device
    age_s: float
    standing: Standing

    @property
    def value(self) -> float | int | None:
        """Return the number to show; None when there is none or it is too old."""
        return None if self.standing is Standing.GONE else self.reading.value


def shown(bed: Bed, held: Held[Reading], now: Instant) -> Shown | None:
    """Return a reading aged by its own bounds; None while its device is unknown."""
    device = bed.devices.get(held.message.device)
    age_s = held.age_s(now)
    if device is None or age_s is None:
        return None
    return Shown(held.message, device.message, age_s, _standing(age_s, held.message))


def last(bed: Bed, measure: Measure, now: Instant) -> tuple[float | int, float] | None:
    """Return the last number of a measure from any device, with its age in s; None without one."""
    numbers = [
        (age_s, held.message.value)
        for (_, kind), held in bed.numbers.items()
        if kind is measure and (age_s := held.age_s(now)) is not None
    ]
    age_s, value = min(numbers, default=(0.0, None))
    return None if value is None else (value, age_s)


def best(bed: Bed, measure: Measure, now: Instant) -> Shown | None:
    """Return the reading to show of a measure as it is now; None when there is none."""
    return together(_only(bed, live=True), (measure,), now)[0]


def once(bed: Bed, measures: Sequence[Measure], now: Instant) -> list[Shown | None]:
    """Return what was measured once or is remembered, of one device: never what is watched."""
    return together(_only(bed, live=False), measures, now)


def together(bed: Bed, measures: Sequence[Measure], now: Instant) -> list[Shown | None]:
    """Return the readings to show of measures that are read together: all from one device.

    A number comes before none, one of now before one of some moment, then the fresher standing, the
    more numbers, the surer quality; of what is measured now and then the newest. Between equals the
    device's name decides, so that two monitors do not take turns. What one device did not measure
    together is not shown together.
    """
    sets = [of_one(bed, name, measures, now) for name in sorted(offering(bed, measures))]
    counts_breaths = Measure.RESPIRATORY_RATE in measures
    if counts_breaths and (airway := [found for found in sets if _at_airway(bed, found, now)]):
        sets = airway
    nothing: list[Shown | None] = [None] * len(measures)
    return min(sets, key=_rank, default=nothing)


def offering(bed: Bed, measures: Sequence[Measure]) -> set[str]:
    """Return the names of the devices that give any of `measures`, a number or none."""
    return {name for name, kind, site in bed.readings if kind in measures and site is None}


def of_one(bed: Bed, name: str, measures: Sequence[Measure], now: Instant) -> list[Shown | None]:
    """Return the readings of one device; none beside a newer one that came much later."""
    held = [bed.readings.get((name, measure, None)) for measure in measures]
    found = [None if one is None else shown(bed, one, now) for one in held]
    newest_s = min((one.age_s for one in found if one is not None), default=0.0)
    return [one if one and one.age_s - newest_s <= APART_S else None for one in found]


def _at_airway(bed: Bed, found: Sequence[Shown | None], now: Instant) -> bool:
    """Tell whether a device counts breaths in the CO2: a chest moves in a closed airway too."""
    device = next((one.device for one in found if one is not None), None)
    co2 = None if device is None else bed.readings.get((device.name, Measure.ETCO2, None))
    told = None if co2 is None else shown(bed, co2, now)
    return told is not None and told.standing is not Standing.GONE


def _only(bed: Bed, *, live: bool) -> Bed:
    kept = {key: held for key, held in bed.readings.items() if held.message.live is live}
    return replace(bed, readings=kept)


def _rank(found: Sequence[Shown | None]) -> tuple[int, int, int, bool, float]:
    """Return what orders the sets of several devices, the best first; equals keep their order."""
    known = [one for one in found if one is not None]
    numbers = [one for one in known if one.value is not None]
    if not numbers:
        without = min((one.standing.value for one in known), default=len(Standing))
        return (2, without, 0, False, 0.0)
    apart = int(not numbers[0].reading.live)
    doubtful = any(one.reading.quality is not Quality.VALID for one in numbers)
    standing = max(one.standing.value for one in numbers)
    rare = numbers[0].reading.fresh_s >= RARE_S
    return (apart, standing, -len(numbers), doubtful, numbers[0].age_s if rare else 0.0)


def _standing(age_s: float, reading: Reading) -> Standing:
    if age_s <= reading.fresh_s:
        return Standing.FRESH
    return Standing.OLD if age_s <= reading.stale_s else Standing.GONE
