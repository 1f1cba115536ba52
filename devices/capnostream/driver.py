"""Capnostream: samples and numerics to CO2 in kPa, saturation and what the monitor warns of.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007), messages 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from devices.capnostream.framing import FrameDecoder
from devices.capnostream.handshake import Handshake
from devices.capnostream.numerics import MISSING, Numerics, Unit
from devices.capnostream.status import NO_SAMPLE, doubtful, fast_notes, faulty, slow_notes
from devices.capnostream.wire import RATE_HZ, Identity, Message, Wave, message
from devices.contract import Counts
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock

KPA: Mapping[int, float] = {Unit.MMHG: 1 / 7.50062, Unit.KPA: 0.1}
"""What one count is worth. Vol% is withheld: there is no pressure on the wire to turn it by."""
KPA_DECIMALS = 3
"""1/256 mmHg is half of the last one."""
FRACTIONS = 256
HIGHEST_KPA = 20.0
"""Our assumption: the document gives no range, and a byte of mmHg goes up to 34 kPa."""
FULL_SATURATION = 100
NUMBERS = 256
"""Samples are numbered modulo this."""


class CapnostreamDriver:
    """One monitor; implements `devices.contract.Driver`."""

    def __init__(self, *, keep_alive: bool = False) -> None:
        self._decoder: FrameDecoder[Message] = FrameDecoder(message)
        self._handshake = Handshake(keep_alive=keep_alive)
        self._unit: int | None = None
        """Of the last numerics: samples before them cannot be read."""
        self._number: int | None = None
        self._lost = 0
        self._fast: frozenset[Note] = frozenset()
        self._slow: frozenset[Note] = frozenset()
        self._noted: frozenset[Note] | None = None

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    @property
    def lost_samples(self) -> int:
        """Return how many samples the numbers of the others say were lost."""
        return self._lost

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the messages completed by it say."""
        items: list[Item] = []
        for frame in frames(self._decoder, data):
            self._handshake.hear(frame, at)
            items += self._taken(frame, at)
        return items

    def due(self, at: Instant) -> bytes:
        """Return the command that enables, starts or keeps alive; nothing else is ever sent."""
        return self._handshake.due(at)

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _taken(self, frame: Message, at: Instant) -> Sequence[Item]:
        match frame:
            case Wave():
                return [*self._sampled(frame, at), *self._changed(at)]
            case Numerics():
                self._unit = frame.unit
                self._slow = slow_notes(frame)
                return [*_readings(frame, at), *self._changed(at)]
            case Identity():
                self._number = self._unit = None
            case _:
                pass
        return ()

    def _sampled(self, wave: Wave, at: Instant) -> Sequence[Item]:
        if self._number is not None:
            self._lost += (wave.number - self._number - 1) % NUMBERS
        self._number = wave.number
        self._fast = fast_notes(wave.status)
        if self._unit is None:
            return ()
        kpa = None if wave.status & NO_SAMPLE else _kpa(wave.co2 / FRACTIONS, self._unit)
        return (WaveBlock(Channel.CO2, RATE_HZ, "kPa", (kpa,), at),)

    def _changed(self, at: Instant) -> Sequence[Item]:
        """Return the notes where they are new."""
        notes = self._fast | self._slow
        if notes == self._noted:
            return ()
        self._noted = notes
        return (Notes(notes, at),)


def _kpa(count: float, unit: int) -> float | None:
    """Return a pressure, or None where its unit says none or it can be none."""
    kpa = count * KPA[unit] if unit in KPA else None
    return round(kpa, KPA_DECIMALS) if kpa is not None and kpa <= HIGHEST_KPA else None


def _readings(numerics: Numerics, at: Instant) -> list[Reading]:
    values = {
        Measure.ETCO2: _kpa(numerics.etco2, numerics.unit) if numerics.etco2 != MISSING else None,
        Measure.FICO2: _kpa(numerics.fico2, numerics.unit) if numerics.fico2 != MISSING else None,
        Measure.RESPIRATORY_RATE: _positive(numerics.respiratory_rate, MISSING - 1),
        Measure.SPO2: _positive(numerics.spo2, FULL_SATURATION),
        Measure.PULSE_RATE: _positive(numerics.pulse_rate, MISSING - 1),
    }
    return [_reading(measure, value, numerics, at) for measure, value in values.items()]


def _positive(value: int, highest: int) -> int | None:
    """Return the value, or None where it is 0, missing or more than it can be."""
    return value if 0 < value <= highest else None


def _reading(measure: Measure, value: float | None, numerics: Numerics, at: Instant) -> Reading:
    """Return the reading: a fault wins over a missing code, a missing code over a warning."""
    if faulty(measure, numerics):
        return Reading(measure, None, Quality.INVALID, at)
    if value is None:
        return Reading(measure, None, Quality.UNAVAILABLE, at)
    quality = Quality.QUESTIONABLE if doubtful(measure, numerics) else Quality.VALID
    return Reading(measure, value, quality, at)
