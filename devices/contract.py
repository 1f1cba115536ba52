"""What every device family offers: a driver fed with bytes, and a simulator that emits them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct

from firmware_bridge.settings import Baud, LineSettings
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


class Scrubber(Protocol):
    """Takes out of a stream what may not be kept; its measurements stay as they came."""

    def scrub(self, data: bytes) -> bytes:
        """Take what was read, in any portions, and return what may be kept of it so far."""
        ...

    def finish(self) -> bytes:
        """Return what may be kept of the unfinished tail: the input has ended."""
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
    p2: Literal["art"] | None = None
    """Likewise the second; only one of the two is the arterial one."""
    co2_unit: Literal["mmhg", "kpa"] | None = None
    """What the monitor shows CO2 in, where its wire does not say; absent: it is not published."""
    temp_unit: Literal["celsius", "fahrenheit"] | None = None
    """Likewise for temperatures."""
    keep_alive: bool = False
    map: str | None = None
    """The text of a register map; in a configuration, the name of one that ships or a path."""
    baud: Baud | None = None
    """Where somebody set the device's line to something else than its maker did; so the next."""
    data_bits: Literal[7, 8] | None = None
    parity: Literal["N", "E", "O"] | None = None
    stop_bits: Literal[1, 2] | None = None

    def __post_init__(self) -> None:
        """Raise ValueError where two pressures would take turns in one place."""
        if self.p1 == self.p2 == "art":
            raise ValueError("p1, p2: only one pressure is arterial: remove one of them")

    def line(self, usual: LineSettings) -> LineSettings:
        """Return a line as it is set here, and as usual where nothing is said."""
        return LineSettings(
            self.baud or usual.baud,
            self.data_bits or usual.data_bits,
            self.parity or usual.parity,
            self.stop_bits or usual.stop_bits,
        )


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a number comes."""

    interval_s: float
    lives_s: float
    """How long it is known without a new one, at the least: the rules may say longer."""


@dataclass(frozen=True, slots=True)
class ProtocolEntry:
    """One row of the catalogue: everything the daemon must know before the first byte."""

    name: str
    modalities: tuple[Modality, ...]
    line: LineSettings
    measures: tuple[Measure, ...]
    channels: tuple[Channel, ...]
    quiet_s: float | None
    """The longest silence of a healthy device, in s; beyond it the device is silent.

    None: it speaks when somebody measures, and nobody knows when that is.
    """
    interval_s: float
    """How often the device sends its numerics, in s."""
    evidence: Evidence
    standing: Standing
    checked: bool
    """Its frames carry a check or are text; without one a wrong plausible number can show."""
    driver: Callable[[Options], Driver]
    mapped: Callable[[ProtocolEntry, str], ProtocolEntry] | None = None
    """Returns the row as it is with the text of a register map; None where there are no maps."""
    scrubber: Callable[[], Scrubber] | None = None
    """Makes what takes the patient out of bytes that are kept; None where there is none in them."""
    paces: Mapping[tuple[Measure, str | None], Pace] = field(default_factory=dict)
    """Measures, by site, that have a pace of their own."""
    takes: frozenset[str] = frozenset()
    """The options that mean something to its driver, besides those of the line and the map."""

    def fitted(self, options: Options) -> ProtocolEntry:
        """Return the row as it is for one device: what its map has, the line as it is set."""
        own = self
        if self.mapped is not None and options.map is not None:
            own = self.mapped(self, options.map)
        return replace(own, line=options.line(own.line))
