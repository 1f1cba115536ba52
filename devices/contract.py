"""What every device family offers: a driver fed with bytes, and a simulator that emits them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct

from firmware_bridge.settings import LineSettings
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item
from vitals.vocabulary import Modality


@dataclass(frozen=True, slots=True)
class Counts:
    """What a driver has made of its bytes so far."""

    frames: int = 0
    bad_frames: int = 0
    """Candidates whose start and length fitted and whose check failed."""
    discarded_bytes: int = 0
    """Bytes in no accepted frame, those still waiting for the rest of a frame not included."""


class Driver(Protocol):
    """Turns one device's bytes into readings and waves; never waits, never raises on bytes."""

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        ...

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at`, in any portions, and return what became complete."""
        ...

    def due(self, at: Instant) -> bytes:
        """Return what is to be sent now: requests and handshakes, nothing that alters a patient.

        Asked once the line is open, after every read, and ten times a second.
        """
        ...

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts: the input has ended."""
        ...


class Evidence(StrEnum):
    """What a driver's correctness rests on, the surest first."""

    CAPTURE = "capture"
    """Bytes recorded from a real device."""
    DOCUMENT = "document"
    """The maker's document, and vectors computed from it."""
    SEVERAL = "several"
    """Several public programs that agree."""
    ONE = "one"
    """One public program or transcript."""


class Standing(StrEnum):
    """Where a device may be used."""

    CLINICAL = "clinical"
    BENCH = "bench"


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What a clinic may tell a driver; the absent ones are not sent and not assumed."""

    pressure_mmhg: Annotated[float, Meta(ge=400, le=850)] | None = None
    """Barometric pressure, for capnographs that are told it."""
    gas: Literal["air", "n2o"] | None = None
    """Balance gas, for capnographs that are told it."""
    oxygen_percent: Annotated[float, Meta(ge=0, le=100)] | None = None
    p1: Literal["art"] | None = None
    """What the monitor's first invasive pressure is; absent: it is not published."""
    keep_alive: bool = False
    map: str | None = None
    """The text of a register map."""


@dataclass(frozen=True, slots=True)
class ProtocolEntry:
    """One row of the catalogue: everything the daemon must know before the first byte."""

    name: str
    modalities: tuple[Modality, ...]
    line: LineSettings
    measures: tuple[Measure, ...]
    channels: tuple[Channel, ...]
    quiet_s: float
    """The longest silence of a healthy device, in s; beyond it the device is silent."""
    interval_s: float
    """How often the device sends its numerics, in s."""
    evidence: Evidence
    standing: Standing
    checked: bool
    """Its frames carry a check or are text; without one a wrong plausible number can show."""
    driver: Callable[[Options], Driver]
