"""Berry packets to readings and pleth.

Document: Berry Medical, "BCI Protocol V1.2". No packet has a check, so a number counts as valid
only when three in a row agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.berry.framing import FrameDecoder
from devices.berry.wire import MISSING_RATE, MISSING_SPO2, NO_PLETH, RATE_HZ, Frame
from devices.contract import Counts
from firmware_bridge.agreement import Agreement
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock


class BerryDriver:
    """One oximeter; implements `devices.contract.Driver`."""

    def __init__(self) -> None:
        self._decoder = FrameDecoder()
        self._agreement = Agreement()
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

    def due(self, at: Instant) -> bytes:  # noqa: ARG002 - the device takes no requests
        """Return nothing: the device speaks unasked."""
        return b""

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _items(self, frame: Frame, at: Instant) -> Iterator[Item]:
        self._agreement.follow(self._decoder.discarded_bytes)
        spo2 = frame.spo2 if frame.spo2 not in (0, MISSING_SPO2) else None
        rate = frame.pulse_rate if frame.pulse_rate not in (0, MISSING_RATE) else None
        yield self._reading(Measure.SPO2, spo2, frame, at)
        yield self._reading(Measure.PULSE_RATE, rate, frame, at)
        yield WaveBlock(Channel.PLETH, RATE_HZ, "count", (_sample(frame),), at)
        yield from self._said(frame, at)

    def _reading(self, measure: Measure, value: int | None, frame: Frame, at: Instant) -> Reading:
        """Return the reading: a fault wins over a missing code, a missing code over a doubt."""
        sure = self._agreement.tell(measure, None if frame.faulty else value)
        if frame.faulty:
            return Reading(measure, None, Quality.INVALID, at)
        if value is None:
            return Reading(measure, None, Quality.UNAVAILABLE, at)
        return Reading(measure, value, Quality.VALID if sure else Quality.QUESTIONABLE, at)

    def _said(self, frame: Frame, at: Instant) -> Iterator[Notes]:
        off = frame.unplugged or frame.no_finger
        said = {Note.PROBE_OFF: off, Note.NO_PULSE: frame.searching and not off}
        notes = frozenset(note for note, holds in said.items() if holds)
        if self._agreement.tell("notes", notes) and notes != self._notes:
            self._notes = notes
            yield Notes(notes, at)


def _sample(frame: Frame) -> int | None:
    """Return the pleth; it shows while a pulse is searched for, if there is any."""
    gone = frame.unplugged or frame.no_signal or frame.no_finger or frame.pleth == NO_PLETH
    return None if gone else frame.pleth
