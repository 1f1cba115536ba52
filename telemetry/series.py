"""What the outbox holds: points of series, seconds of waves, and messages."""

from __future__ import annotations

from dataclasses import dataclass

MISSING = -32768
"""The sample of a `WaveSecond` where the device had none."""


@dataclass(frozen=True, slots=True)
class Series:
    """What a number is a number of; two points of one series differ in time alone."""

    measurement: str
    """`vitals`, `alarm`, `device` or `case`."""
    field: str
    """Of vitals the measure (`spo2`), of a wave the channel (`pleth`)."""
    unit: str
    """UCUM; `1` where there is none."""
    tags: tuple[tuple[str, str], ...] = ()
    """Sorted by name: bed, device, origin, and agent, site or id where there is one."""

    def tag(self, name: str) -> str:
        """Return a tag, empty where the series has no such tag."""
        return dict(self.tags).get(name, "")


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one series at one moment; absence is no point."""

    series: Series
    at: int
    """Milliseconds since 1970-01-01 UTC."""
    value: float


@dataclass(frozen=True, slots=True)
class WaveSecond:
    """About a second of one wave, kept here and never sent.

    A sample is `offset + scale * n`, n being a little-endian int16; `MISSING` is no sample.
    """

    series: Series
    at: int
    """When its first sample was taken, in milliseconds since 1970-01-01 UTC."""
    rate_hz: float
    scale: float
    offset: float
    samples: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What is told by MQTT: an event, or the state that replaces the last of its topic."""

    topic: str
    """Below the site's prefix: `bed/2/alarm`."""
    at: int
    """Milliseconds since 1970-01-01 UTC."""
    payload: bytes
    """JSON."""


Stored = Point | WaveSecond | Message
