"""Masimo's serial text: lines to saturation, pulse rate and perfusion index.

Document: Masimo, Rad-8 Operator's Manual, p. 4-23, 4-24, 7-3 and 7-4. A line keeps its digits after
the sensor has come off, so what EXC says goes before what the fields say.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.contract import Counts
from devices.masimo.codes import DOUBTFUL, OFF, UNFIT, UNUSABLE, Alarm, Exc
from devices.masimo.wire import CLOCK, Line
from firmware_bridge.lines import LineCutter
from firmware_bridge.receive import portions
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes, Quality, Reading


class MasimoDriver:
    """One oximeter; implements `devices.contract.Driver`."""

    def __init__(self) -> None:
        self._cutter = LineCutter()
        self._frames = 0
        self._bad_frames = 0
        self._notes: frozenset[Note] | None = None

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        return Counts(self._frames, self._bad_frames, self._cutter.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the lines completed by it say."""
        items: list[Item] = []
        for portion in portions(data):
            self._cutter.feed(portion)
            while (text := self._cutter.next_line()) is not None:
                line = Line.parse(text)
                self._cutter.settle(accepted=line is not None)
                if line is not None:
                    self._frames += 1
                    items += (*_readings(line, at), *self._changed(_notes(line), at))
                elif CLOCK.match(text):
                    self._bad_frames += 1
        return items

    def due(self, at: Instant) -> bytes:  # noqa: ARG002 - the device takes no requests
        """Return nothing: the device speaks unasked."""
        return b""

    def finish(self) -> Counts:
        """Count the unfinished line as discarded and return the counts."""
        self._cutter.finish()
        return self.counts

    def _changed(self, notes: frozenset[Note], at: Instant) -> tuple[Notes, ...]:
        if notes == self._notes:
            return ()
        self._notes = notes
        return (Notes(notes, at),)


def _readings(line: Line, at: Instant) -> tuple[Reading, ...]:
    values = (
        (Measure.SPO2, line.spo2),
        (Measure.PULSE_RATE, line.pulse_rate),
        (Measure.PERFUSION_INDEX, line.perfusion_index),
    )
    return tuple(_reading(measure, value, line, at) for measure, value in values)


def _reading(measure: Measure, value: float | None, line: Line, at: Instant) -> Reading:
    """Return the reading: a fault wins over a missing code, a missing code over a warning."""
    exceptions = line.exceptions
    if exceptions & UNUSABLE:
        return Reading(measure, None, Quality.INVALID, at)
    if value is None:
        return Reading(measure, None, Quality.UNAVAILABLE, at)
    warned = exceptions & DOUBTFUL or not exceptions & Exc.SET
    doubtful = line.from_memory or warned
    quality = Quality.QUESTIONABLE if doubtful else Quality.VALID
    return Reading(measure, value, quality, at, live=not line.from_memory)


def _notes(line: Line) -> frozenset[Note]:
    exceptions = line.exceptions
    said = {
        Note.PROBE_OFF: exceptions & OFF,
        Note.SENSOR_FAULT: exceptions & UNFIT,
        Note.NO_PULSE: exceptions & Exc.PULSE_SEARCH and not exceptions & (OFF | UNFIT),
        Note.LOW_PERFUSION: exceptions & Exc.LOW_PERFUSION,
        Note.LOW_BATTERY: line.alarm & Alarm.LOW_BATTERY,
        Note.FROM_MEMORY: line.from_memory,
    }
    return frozenset(note for note, holds in said.items() if holds)
