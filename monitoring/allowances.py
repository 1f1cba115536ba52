"""What stands around the alarm conditions: how long each is given, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from vitals.measure import Measure
from vitals.rows import Seconds, Source

Share = Annotated[float, Meta(gt=0, le=1)]
Kilopascal = Annotated[float, Meta(gt=0, le=10)]


class Arrival(Struct, frozen=True, forbid_unknown_fields=True):
    """How long after a patient came from another bed probes may be off, in s."""

    grace_s: Annotated[float, Meta(ge=0, le=60)]
    source: Source


class Pulse(Struct, frozen=True, forbid_unknown_fields=True):
    """How old a heart rate by ECG may be and still say that the heart beats, in s."""

    ecg_s: Seconds
    source: Source


class Cuff(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a cuff on the limb of the probe explains that it finds nothing, in s."""

    hold_s: Seconds
    source: Source


class Breathing(Struct, frozen=True, forbid_unknown_fields=True):
    """What a breath is on a CO2 wave, and how long its absence is given."""

    rise_kpa: Kilopascal
    """A breath is a wave that rises to it ..."""
    fall_kpa: Kilopascal
    """... after it had fallen to this ..."""
    fall_share: Share
    """... or to this share of its height: CO2 that is breathed in again keeps it from falling."""
    breaths: Annotated[int, Meta(ge=1, le=10)]
    """So many show that the patient breathes into the line."""
    lost_s: Seconds
    """With a device in the airway: so long without a breath and CO2 is lost."""
    suspect_s: Seconds
    """So long without a breath, and it goes on counting when the capnograph stops."""
    settle_s: Seconds
    """So long after an airway event EtCO2 is shown and not held to its lower limit."""
    source: Source

    def __post_init__(self) -> None:
        """Refuse a wave that rises before it has fallen."""
        if not self.fall_kpa < self.rise_kpa:
            raise ValueError("fall_kpa < rise_kpa does not hold")


class Pressure(Struct, frozen=True, forbid_unknown_fields=True):
    """When a low blood pressure is high at once, and when the next one is overdue."""

    deep: Share
    """Below this share of the limit: high at once."""
    late_s: Seconds
    """So long after the interval: overdue."""
    missed: Annotated[float, Meta(gt=1, le=10)]
    """So many intervals without one: more urgent."""
    source: Source


class Waking(Struct, frozen=True, forbid_unknown_fields=True):
    """What a child that wakes is given, in s."""

    hr_high_s: Seconds
    """A fast heart in recovery is an alarm after so long."""
    upset_s: Annotated[float, Meta(gt=0, le=900)]
    """Marked as crying, it is none for so long."""
    source: Source


class ByHand(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a number that is typed stands for a monitor that the bed has none of, in s."""

    within_s: Seconds
    source: Source


class ClockRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What a jump of the wall clock is, and how long it is told of, in s."""

    jump_s: Annotated[float, Meta(gt=0, le=3600)]
    shown_s: Seconds
    source: Source


class GasRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Below how many minutes a gas is low, and below how many that is near."""

    low_min: Annotated[float, Meta(gt=0, le=240)]
    near_min: Annotated[float, Meta(gt=0, le=240)]
    source: Source

    def __post_init__(self) -> None:
        """Refuse a gas that is near its end before it is low."""
        if not self.near_min < self.low_min:
            raise ValueError("near_min < low_min does not hold")


class OutboxRow(Struct, frozen=True, forbid_unknown_fields=True):
    """From which share of its quota on an outbox that servers are owed is as good as full."""

    full: Share
    source: Source


class Allowances(Struct, frozen=True):
    """All of them."""

    arrival: Arrival
    pulse: Pulse
    cuff: Cuff
    breathing: Breathing
    pressure: Pressure
    waking: Waking
    clock: ClockRow
    gas: GasRow
    outbox: OutboxRow
    typed: ByHand
    stale_s: Mapping[Measure, float]
    """Of each measure: no longer shown beyond this age, in s, where no device is slower."""
