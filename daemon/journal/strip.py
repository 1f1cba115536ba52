"""Waves and numbers around an alarm, as one compact document with a version: JSON, deflated.

What did not come is not in it: a number stands where one was received, a wave is a row of pieces
with a start each, and what lies between two of them is a gap.
"""

from __future__ import annotations

import zlib

import msgspec
from msgspec import Struct, field

from monitoring.signals import Cue
from vitals.measure import Agent, Channel, Measure
from vitals.reading import Origin, Quality
from vitals.vocabulary import Priority

VERSION = 1
LIMIT = 64 * 2**20
"""No document that was written comes near it; what claims to be longer is none."""


class StripError(Exception):
    """The bytes are no strip of a version that this one reads: a newer version may read them."""


class Mark(Struct, frozen=True):
    """An alarm that began, or became high, in the middle of the strip."""

    alarm: str
    device: str | None
    cue: Cue
    priority: Priority
    at: str


class Point(Struct, frozen=True, array_like=True):
    """One value as it came; times are RFC 3339 in UTC with milliseconds."""

    at: str
    value: float | None
    quality: Quality


class Numbers(Struct, frozen=True, omit_defaults=True):
    """The values of one measure of one device, in the order in which they came."""

    device: str
    measure: Measure
    unit: str
    origin: Origin
    points: tuple[Point, ...]
    site: str | None = None
    agent: Agent | None = None
    live: bool = True


class Piece(Struct, frozen=True, array_like=True):
    """Successive samples, and when the first of them was; None where the device had none."""

    start: str
    samples: tuple[float | None, ...]


class Wave(Struct, frozen=True):
    """One channel of one device."""

    device: str
    channel: Channel
    rate_hz: float
    unit: str
    origin: Origin
    pieces: tuple[Piece, ...]


class Strip(Struct, frozen=True, kw_only=True):
    """What a bed's devices sent from one moment to another, around these alarms."""

    version: int = VERSION
    case: str
    bed: str
    begin: str = field(name="from")
    end: str = field(name="to")
    marks: tuple[Mark, ...]
    numbers: tuple[Numbers, ...]
    waves: tuple[Wave, ...]


class _Head(Struct, frozen=True):
    version: int


def packed(strip: Strip) -> bytes:
    """Return a strip as it is kept."""
    return zlib.compress(msgspec.json.encode(strip))


def unpacked(body: bytes) -> Strip:
    """Return the strip that was packed; raises StripError."""
    inflating = zlib.decompressobj()
    try:
        text = inflating.decompress(body, LIMIT)
        version = msgspec.json.decode(text, type=_Head).version
        if version != VERSION:
            raise StripError(f"it has version {version} and this version reads {VERSION}")
        return msgspec.json.decode(text, type=Strip)
    except (zlib.error, msgspec.DecodeError) as error:
        raise StripError(f"it is no strip ({error})") from error
