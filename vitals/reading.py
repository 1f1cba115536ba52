"""Values and waves as they leave a driver: absence is a quality, never a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vitals.instant import Instant
from vitals.measure import Channel, Measure


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


Item = Reading | WaveBlock
"""What a driver hands up."""
