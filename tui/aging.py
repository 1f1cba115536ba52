"""How old a reading may be: current, old, or no longer shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from daemon.protocol.messages import Device, Reading
from tui.mirror import Bed, Held
from vitals.instant import Instant
from vitals.measure import Measure


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
    """Return the reading to show of a measure: a number before none, the fresher standing first.

    Between equals the device's name decides, so that two monitors do not take turns.
    """
    candidates = [
        found
        for (_, kind, _), held in bed.readings.items()
        if kind is measure and (found := shown(bed, held, now)) is not None
    ]
    return min(candidates, key=_rank, default=None)


def _rank(candidate: Shown) -> tuple[bool, int, str]:
    return (candidate.value is None, candidate.standing.value, candidate.device.name)


def _standing(age_s: float, reading: Reading) -> Standing:
    if age_s <= reading.fresh_s:
        return Standing.FRESH
    return Standing.OLD if age_s <= reading.stale_s else Standing.GONE
