"""CMS50 packets to readings and pleth.

After atbrask's CMS50Dplus and timegrid's CMS50Dplus7. No packet has a check, so a number counts as
valid only when three in a row agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.contec.commands import Asking
from devices.contec.framing import Frame, FrameDecoder, Shape
from devices.contec.newer import NewFrame
from devices.contec.wire import MISSING_RATE, MISSING_SPO2, RATE_HZ
from devices.contract import Counts
from firmware_bridge.agreement import Agreement
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock

HIGHEST_INDEX = 2000
"""Hundredths of a percent; beyond it, as 0xFFFF, the device has none."""


class ContecDriver:
    """One oximeter that speaks one of the two packets; implements `devices.contract.Driver`."""

    def __init__(self, shape: Shape) -> None:
        self._decoder = FrameDecoder(shape)
        self._agreement = Agreement()
        self._asking = Asking() if shape is NewFrame else None
        self._notes: frozenset[Note] | None = None

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the frames completed by it say."""
        items: list[Item] = []
        for frame in frames(self._decoder, data):
            items += self._items(frame, at)
        return items

    def due(self, at: Instant) -> bytes:
        """Return the command that the newer device waits for, if it is time."""
        return b"" if self._asking is None else self._asking.due(at)

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _items(self, frame: Frame, at: Instant) -> Iterator[Item]:
        if self._asking is not None:
            self._asking.heard(at)
        self._agreement.follow(self._decoder.discarded_bytes)
        for measure, value in _numbers(frame):
            yield self._reading(measure, value, frame, at)
        seen = not (frame.probe_error or frame.finger_out)
        yield WaveBlock(Channel.PLETH, RATE_HZ, "count", (frame.pleth if seen else None,), at)
        yield from self._said(frame, at)

    def _reading(self, measure: Measure, value: float | None, frame: Frame, at: Instant) -> Reading:
        """Return the reading: a fault wins over a missing code, a missing code over a doubt."""
        fault = frame.probe_error or frame.finger_out or frame.searching
        sure = self._agreement.tell(measure, None if fault else value)
        if fault:
            return Reading(measure, None, Quality.INVALID, at)
        if value is None:
            return Reading(measure, None, Quality.UNAVAILABLE, at)
        return Reading(measure, value, Quality.VALID if sure else Quality.QUESTIONABLE, at)

    def _said(self, frame: Frame, at: Instant) -> Iterator[Notes]:
        off = frame.probe_error or frame.finger_out
        said = {
            Note.SENSOR_FAULT: frame.probe_error,
            Note.PROBE_OFF: frame.finger_out,
            Note.NO_PULSE: frame.searching and not off,
        }
        notes = frozenset(note for note, holds in said.items() if holds)
        if self._agreement.tell("notes", notes) and notes != self._notes:
            self._notes = notes
            yield Notes(notes, at)


def _numbers(frame: Frame) -> Iterator[tuple[Measure, float | None]]:
    spo2 = frame.spo2 if frame.spo2 not in (0, MISSING_SPO2) else None
    yield Measure.SPO2, spo2
    yield (
        Measure.PULSE_RATE,
        frame.pulse_rate if frame.pulse_rate not in (0, MISSING_RATE) else None,
    )
    if isinstance(frame, NewFrame):
        index = frame.perfusion_index
        missing = index > HIGHEST_INDEX or (index == 0 and spo2 is None)
        yield Measure.PERFUSION_INDEX, None if missing else index / 100
