"""Values and waves as they leave a driver: absence is a quality, never a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vitals.instant import Instant
from vitals.measure import Agent, Channel, Measure


class Quality(StrEnum):
    """How far a reading can be used (after BICEPS, ISO/IEEE 11073-10207, MeasurementValidity)."""

    VALID = "valid"
    QUESTIONABLE = "questionable"
    """A number that the device itself warns of."""
    INVALID = "invalid"
    """The device reports a fault (probe off, sensor fault): no number."""
    UNAVAILABLE = "unavailable"
    """The device has no value (searching, not yet measured): no number."""
    CALIBRATING = "calibrating"

    @property
    def usable(self) -> bool:
        """Tell whether a reading of this quality carries a number."""
        return self in (Quality.VALID, Quality.QUESTIONABLE)


class Origin(StrEnum):
    """Where a value came from; anything but measured is marked wherever it is shown."""

    MEASURED = "measured"
    SIMULATED = "simulated"
    REPLAYED = "replayed"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of one measure at one moment.

    Raises ValueError when a number stands with a quality that has none, or is missing without one.
    """

    measure: Measure
    value: float | None
    quality: Quality
    at: Instant
    agent: Agent | None = None
    """Which volatile anaesthetic, where the device names it."""
    site: str | None = None
    """Which of several values of this measure, as in O2, N2O, air."""
    live: bool = True
    """False: of one moment, a spot check or what a monitor remembers; it proves no watching."""

    def __post_init__(self) -> None:
        if (self.value is not None) != self.quality.usable:
            raise ValueError(f"{self.measure}: {self.value} cannot be {self.quality}")


@dataclass(frozen=True, slots=True)
class WaveBlock:
    """Successive samples of one channel; `None` where the device had no sample."""

    channel: Channel
    rate_hz: float
    unit: str
    samples: tuple[float | None, ...]
    at: Instant
    """When the last sample was received."""


class Note(StrEnum):
    """What a device says of itself."""

    WARMING_UP = "warming_up"
    ZEROING = "zeroing"
    ZERO_REQUIRED = "zero_required"
    CHECK_ADAPTER = "check_adapter"
    CHECK_SAMPLING_LINE = "check_sampling_line"
    NO_BREATH = "no_breath"
    NO_PULSE = "no_pulse"
    """The probe is on, and it searches in vain."""
    SENSOR_FAULT = "sensor_fault"
    PROBE_OFF = "probe_off"
    LEADS_OFF = "leads_off"
    LOW_BATTERY = "low_battery"
    LOW_PERFUSION = "low_perfusion"
    SLEEPING = "sleeping"
    COMPENSATION_NOT_SET = "compensation_not_set"
    OUT_OF_RANGE = "out_of_range"
    CUFF_INFLATING = "cuff_inflating"
    REBOOTED = "rebooted"
    FROM_MEMORY = "from_memory"
    SPOT_CHECK = "spot_check"
    GAS_SUPPLY = "gas_supply"


@dataclass(frozen=True, slots=True)
class Notes:
    """Everything a device says of itself just now; replaces what it said before."""

    notes: frozenset[Note]
    at: Instant


Item = Reading | WaveBlock | Notes
"""What a driver hands up."""
