"""Tone rows: what sounds for which priority, and the windows that it keeps to."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from vitals.rows import Seconds, Source
from vitals.vocabulary import Priority

Groups = tuple[tuple[Annotated[int, Meta(ge=1, le=10)], ...], ...]
"""How many pulses stand together: groups, and their parts."""
Share = Annotated[float, Meta(gt=0, le=1)]
Hertz = Annotated[float, Meta(gt=0, le=20_000)]
Decibels = Annotated[float, Meta(ge=-60, le=0)]
"""Below the loudest."""
Percent = Annotated[int, Meta(ge=1, le=100)]


class Tone(StrEnum):
    """What a burst says; a call is a person who wants the anaesthesiologist."""

    HIGH = "high"
    CALL = "call"
    MEDIUM = "medium"
    LOW = "low"


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """From here to there, both included."""

    least: float
    most: float

    def __contains__(self, value: float) -> bool:
        return self.least <= value <= self.most

    def __str__(self) -> str:
        return f"{self.least:g} to {self.most:g}"


class Pulse(Struct, frozen=True, forbid_unknown_fields=True):
    """Rise and fall as shares of a pulse's length, and its components from the fundamental on."""

    rise: Share
    fall: Share
    levels_db: tuple[Decibels, ...]
    source: Source


class Volume(Struct, frozen=True, forbid_unknown_fields=True):
    """In percent of what the output can do."""

    floor: Percent
    default: Percent
    source: Source

    def __post_init__(self) -> None:
        """Refuse a default that no setting may have."""
        if self.default < self.floor:
            raise ValueError("floor <= default does not hold")


class Bounds(Struct, frozen=True, forbid_unknown_fields=True):
    """What any pulse keeps to."""

    f0_hz: Span
    component_hz: Span
    components: int
    """So many at least within `component_hz`."""
    spread_db: float
    """Between the loudest of them and the faintest."""
    rise: Span
    source: Source


class Window(Struct, frozen=True, forbid_unknown_fields=True):
    """What any burst of a priority keeps to; lengths in s."""

    priority: Priority
    groups: tuple[Groups, ...]
    pulse_s: Span
    gap_s: Span
    interval_s: Span
    source: Source
    apart_s: Span | None = None
    """Absent: there is one group."""


class BurstRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One burst; lengths in s, as the file's head says."""

    id: Tone
    priority: Priority
    groups: Groups
    f0_hz: Hertz
    level_db: Decibels
    pulse_s: Seconds
    gap_s: Seconds
    interval_s: Seconds
    """From its end to its next beginning."""
    source: Source
    apart_s: Seconds | None = None


class ToneRules(Struct, frozen=True):
    """Everything of the tone rows."""

    pulse: Pulse
    volume: Volume
    bounds: Bounds
    windows: dict[Priority, Window]
    bursts: dict[Tone, BurstRow]
