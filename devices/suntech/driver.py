"""SunTech modules: polls to blood pressure readings, each measurement once.

The module keeps its last result until the next one and gives no time with it (layout: ak-git's
DesktopFX, NIBPConverter). So the first result after the port was opened is as old as it may be,
and only a result that differs from the one before is a new measurement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.contract import Counts
from devices.suntech.framing import FrameDecoder
from devices.suntech.wire import (
    Acknowledgement,
    CuffPressure,
    Inquiry,
    Reply,
    Request,
    Result,
    Unasked,
)
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes, Quality, Reading

REQUEST_EVERY_S = 0.5
"""Between two requests; the module wants 0.1 s between any and 0.5 s between equal ones."""
INTERVAL_S = REQUEST_EVERY_S * len(Inquiry)
"""Between two requests of the same value."""
ABANDONED_AFTER_S = 0.1
"""A reply comes without a pause: after this silence the rest of it does not come."""
UNANSWERED_POLLS = 2
"""After more of them in a row nobody knows when a measurement was made."""
INFLATED_MMHG = 15
"""A cuff at rest has less (IEC 80601-2-30 lets 15 mmHg stand in an adult's cuff)."""
LOWEST_MMHG, HIGHEST_MMHG = 30, 300
LOWEST_RATE, HIGHEST_RATE = 30, 250
"""What a measurement lies between; our assumption, as the maker's manual is not public."""


class Polls:
    """Asks for the result and for the cuff's pressure in turn."""

    def __init__(self) -> None:
        self._asked: Instant | None = None
        self._next = Inquiry.RESULT
        self.unanswered = 0
        """Requests of a result since the last one came."""

    def due(self, at: Instant) -> bytes:
        """Return the request that is due, if any."""
        if self._asked is not None and at.seconds_since(self._asked) < REQUEST_EVERY_S:
            return b""
        self._asked, inquiry = at, self._next
        self._next = _AFTER[inquiry]
        self.unanswered += inquiry is Inquiry.RESULT
        return Request(inquiry).to_bytes()

    def answered(self) -> bool:
        """Take note that a result came; tell whether results came all the time."""
        steady = self.unanswered <= UNANSWERED_POLLS
        self.unanswered = 0
        return steady


_AFTER = {Inquiry.RESULT: Inquiry.CUFF_PRESSURE, Inquiry.CUFF_PRESSURE: Inquiry.RESULT}


class SuntechDriver:
    """One module; implements `devices.contract.Driver` and never sends a command that moves air."""

    def __init__(self) -> None:
        self._decoder = FrameDecoder()
        self._polls = Polls()
        self._heard: Instant | None = None
        self._result: Result | None = None
        self._from_memory = self._inflated = False
        self._notes: frozenset[Note] = frozenset()

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the replies completed by it say."""
        items = self._abandoned(at)
        for reply in frames(self._decoder, data):
            items += self._items(reply, at)
        if data:
            self._heard = at
        return items

    def due(self, at: Instant) -> bytes:
        """Return the next inquiry, twice a second."""
        return self._polls.due(at)

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.abandon()
        return self.counts

    def _abandoned(self, at: Instant) -> list[Item]:
        heard = self._heard
        if heard is None or at.seconds_since(heard) <= ABANDONED_AFTER_S:
            return []
        return [item for reply in self._decoder.abandon() for item in self._items(reply, heard)]

    def _items(self, reply: Reply, at: Instant) -> Iterator[Item]:
        match reply:
            case Result():
                yield from self._measured(reply, at)
            case CuffPressure():
                self._inflated = reply.mmhg > INFLATED_MMHG
            case Acknowledgement() | Unasked():
                pass
        notes = frozenset(self._said())
        if notes != self._notes:
            self._notes = notes
            yield Notes(notes, at)

    def _measured(self, result: Result, at: Instant) -> tuple[Item, ...]:
        steady = self._polls.answered() and self._result is not None
        if result == self._result:
            return ()
        self._result, self._from_memory = result, not steady
        return _readings(result, at, live=steady)

    def _said(self) -> Iterator[Note]:
        if self._from_memory:
            yield Note.FROM_MEMORY
        if self._inflated:
            yield Note.CUFF_INFLATING


def _readings(result: Result, at: Instant, *, live: bool) -> tuple[Reading, ...]:
    """Return all four values, or none of them where the measurement is none."""
    quality = Quality.VALID if live else Quality.QUESTIONABLE
    values = (result.systolic, result.diastolic, result.mean, result.pulse_rate)
    if _credible(result):
        return tuple(
            Reading(measure, value, quality, at, live=live)
            for measure, value in zip(MEASURES, values, strict=True)
        )
    unmeasured = result.error == 0 and not any(values)
    missing = Quality.UNAVAILABLE if unmeasured else Quality.INVALID
    return tuple(Reading(measure, None, missing, at) for measure in MEASURES)


def _credible(result: Result) -> bool:
    return (
        result.error == 0
        and LOWEST_MMHG <= result.diastolic < result.mean < result.systolic <= HIGHEST_MMHG
        and LOWEST_RATE <= result.pulse_rate <= HIGHEST_RATE
    )


MEASURES = (
    Measure.NIBP_SYSTOLIC,
    Measure.NIBP_DIASTOLIC,
    Measure.NIBP_MEAN,
    Measure.NIBP_PULSE_RATE,
)
