"""Nellcor's text port: lines to saturation and pulse rate.

Documents: Covidien, N-560 operator's manual, p. 59; Nellcor, NPB-290, NPB-295 and NPB-395
operator's manuals, p. 64-81. While it searches for a pulse the monitor prints noughts or its last
values, so the codes go before the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.contract import Counts
from devices.nellcor.banner import Version, recognised
from devices.nellcor.wire import CLOCK, Code, Sample
from firmware_bridge.lines import LineCutter
from firmware_bridge.receive import portions
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes, Quality, Reading

N560 = "N-560"
OFF = frozenset({Code.SENSOR_DISCONNECTED, Code.SENSOR_OFF})
GONE = frozenset({Code.PULSE_SEARCH, Code.LOSS_OF_PULSE, Code.LOSS_WITH_MOTION})
UNUSABLE = OFF | GONE
"""Whatever stands in the line is no measurement of now."""
HARMLESS = frozenset(Code) - UNUSABLE - {Code.MOTION}
"""Limits, silence and battery; motion and codes nobody knows leave the numbers in doubt."""


class NellcorDriver:
    """One oximeter; implements `devices.contract.Driver`."""

    def __init__(self) -> None:
        self._cutter = LineCutter()
        self._frames = 0
        self._bad_frames = 0
        self._notes: frozenset[Note] | None = None
        # The strictest layout until a heading names another model: a cut line could lose a code.
        self._n560 = True

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        return Counts(self._frames, self._bad_frames, self._cutter.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the lines completed by it say."""
        items: list[Item] = []
        for portion in portions(data):
            self._cutter.feed(portion)
            while (line := self._cutter.next_line()) is not None:
                sample = Sample.parse(line, n560=self._n560)
                known = sample is not None or self._heading(line)
                self._cutter.settle(accepted=known)
                self._frames += known
                self._bad_frames += not known and CLOCK.match(line) is not None
                if sample is not None:
                    items += (*_readings(sample, at), *self._changed(_notes(sample), at))
        return items

    def due(self, at: Instant) -> bytes:  # noqa: ARG002 - the device takes no requests
        """Return nothing: the device speaks unasked."""
        return b""

    def finish(self) -> Counts:
        """Count the unfinished line as discarded and return the counts."""
        self._cutter.finish()
        return self.counts

    def _heading(self, line: bytes) -> bool:
        if (version := Version.parse(line)) is None:
            return recognised(line)
        self._n560 = version.model == N560
        return True

    def _changed(self, notes: frozenset[Note], at: Instant) -> tuple[Notes, ...]:
        if notes == self._notes:
            return ()
        self._notes = notes
        return (Notes(notes, at),)


def _readings(sample: Sample, at: Instant) -> tuple[Reading, ...]:
    return (
        _reading(Measure.SPO2, sample.spo2, sample.codes, at),
        _reading(Measure.PULSE_RATE, sample.pulse_rate, sample.codes, at),
    )


def _reading(measure: Measure, value: int | None, codes: frozenset[str], at: Instant) -> Reading:
    """Return the reading: a fault wins over a missing value, a missing value over a warning."""
    if codes & UNUSABLE:
        return Reading(measure, None, Quality.INVALID, at)
    if not value:
        return Reading(measure, None, Quality.UNAVAILABLE, at)
    sure = codes <= HARMLESS
    return Reading(measure, value, Quality.VALID if sure else Quality.QUESTIONABLE, at)


def _notes(sample: Sample) -> frozenset[Note]:
    said = {
        Note.PROBE_OFF: sample.codes & OFF,
        Note.NO_PULSE: sample.codes & GONE and not sample.codes & OFF,
        Note.LOW_BATTERY: Code.LOW_BATTERY in sample.codes,
    }
    return frozenset(note for note, holds in said.items() if holds)
