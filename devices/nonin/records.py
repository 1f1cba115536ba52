"""The formats that send one record at a time: 1 and 8, 13, and text; records to readings.

Documents: those of `display`, `spot` and `text`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from devices.contract import Counts
from devices.nonin import display, spot
from devices.nonin.display import Df1Frame, Df8Frame
from devices.nonin.framing import FrameDecoder
from devices.nonin.spot import SpotCheck, SpotDecoder
from devices.nonin.text import Line, LineDecoder
from devices.nonin.values import pulse_rate, reading, saturation
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes

PATIENCE_S = 0.1
"""A block of format 13 comes in one go: what is unfinished after such a silence stays so."""

Record = TypeVar("Record")
Record_co = TypeVar("Record_co", covariant=True)


class Decoder(Protocol[Record_co]):
    """Finds records in a stream."""

    @property
    def frames(self) -> int:
        """Return how many were found."""
        ...

    @property
    def bad_frames(self) -> int:
        """Return how many were refused."""
        ...

    @property
    def discarded_bytes(self) -> int:
        """Return the bytes in no record, those still waiting not included."""
        ...

    def feed(self, data: bytes) -> None:
        """Append `data`."""
        ...

    def next_frame(self) -> Record_co | None:
        """Return the next record, or None when more bytes are needed."""
        ...

    def finish(self) -> None:
        """Count the unfinished tail as discarded."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """What a record says, whatever its format."""

    spo2: int | None
    """%; None for a missing code."""
    pulse_rate: int | None
    """/min; likewise."""
    fault: bool = False
    doubtful: bool = False
    live: bool = True
    """It watches; otherwise it was measured once and speaks of that moment alone."""
    told: bool = True
    """It speaks of now; otherwise its numbers are not handed up at all."""
    notes: frozenset[Note] = frozenset()


class RecordDriver(Generic[Record]):
    """One oximeter that sends records; implements `devices.contract.Driver`."""

    def __init__(
        self,
        decoder: Decoder[Record],
        meaning: Callable[[Record], Said],
        abandon: Callable[[], None] | None = None,
    ) -> None:
        self._decoder = decoder
        self._meaning = meaning
        self._abandon = abandon
        self._heard: Instant | None = None
        self._notes: frozenset[Note] | None = None

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the records completed by it say."""
        if self._abandon and self._heard and at.seconds_since(self._heard) >= PATIENCE_S:
            self._abandon()
        self._heard = at if data else self._heard
        items: list[Item] = []
        for record in frames(self._decoder, data):
            items += self._items(self._meaning(record), at)
        return items

    def due(self, at: Instant) -> bytes:  # noqa: ARG002 - the device takes no requests
        """Return nothing: the device speaks unasked."""
        return b""

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _items(self, said: Said, at: Instant) -> list[Item]:
        items: list[Item] = []
        if said.told:
            fault, doubtful = said.fault, said.doubtful
            found = (
                reading(Measure.SPO2, said.spo2, at, fault=fault, doubtful=doubtful),
                reading(Measure.PULSE_RATE, said.pulse_rate, at, fault=fault, doubtful=doubtful),
            )
            items += [replace(one, live=said.live) for one in found]
        if said.notes != self._notes:
            self._notes = said.notes
            items.append(Notes(said.notes, at))
        return items


def display_driver(shape: type[Df1Frame] | type[Df8Frame]) -> RecordDriver[Df1Frame | Df8Frame]:
    """Return the driver of format 1 or 8."""
    return RecordDriver(FrameDecoder(shape), _shown)


def spot_driver() -> RecordDriver[SpotCheck]:
    """Return the driver of format 13."""
    decoder = SpotDecoder()
    return RecordDriver(decoder, _measured, decoder.abandon)


def text_driver() -> RecordDriver[Line]:
    """Return the driver of text lines."""
    return RecordDriver(LineDecoder(), _printed)


def _shown(frame: Df1Frame | Df8Frame) -> Said:
    """Return what format 1 or 8 says; its held numbers fall with the mark of the sensor."""
    if isinstance(frame, Df8Frame):
        off = bool(frame.extra & display.Extra.SNSA)
        low_battery = bool(frame.extra & display.Extra.LOW_BAT)
    else:
        off, low_battery = bool(frame.marks & display.Mark.SNSD), False
    notes = {
        Note.PROBE_OFF: off,
        Note.LOW_BATTERY: low_battery,
        Note.LOW_PERFUSION: bool(frame.marks & display.Mark.LPRF),
    }
    return Said(
        saturation(frame.spo2),
        pulse_rate(frame.hr),
        fault=off,
        doubtful=bool(frame.marks & display.Mark.OOT),
        notes=_said(notes),
    )


def _measured(check: SpotCheck) -> Said:
    """Return what a spot check says: measured as the block came, and never again by itself."""
    from_memory = bool(check.status & spot.Mark.MEM)
    notes = {
        Note.FROM_MEMORY: from_memory,
        Note.SPOT_CHECK: not from_memory,
        Note.LOW_BATTERY: bool(check.status & spot.Mark.LOW_BAT),
    }
    return Said(
        saturation(check.spo2),
        pulse_rate(check.pr),
        live=False,
        told=not check.status & (spot.Mark.MEM | spot.Mark.NOMS),
        notes=_said(notes),
    )


def _printed(line: Line) -> Said:
    return Said(saturation(line.spo2), pulse_rate(line.hr))


def _said(notes: dict[Note, bool]) -> frozenset[Note]:
    return frozenset(note for note, is_said in notes.items() if is_said)
