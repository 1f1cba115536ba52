"""Ivy 450C: messages to readings and waves.

Document: as `devices.ivy450c.wire`. What the wire does not say is not published: EtCO2 and
temperatures have no unit there, and the first pressure is arterial only where the clinic says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.contract import Counts, Options
from devices.ivy450c.text import (
    ARTERY,
    BREATHS,
    CUFF,
    RATE,
    SATURATION,
    Limits,
    Line,
    Text,
    garbled,
    number,
)
from devices.ivy450c.wire import NO_DATA, Message, MessageDecoder
from firmware_bridge.receive import portions
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Quality, Reading, WaveBlock

ECG_HZ = 200
OTHER_HZ = 50
SILENCE_S = 0.1
"""A message that stood still for so long will not be finished."""
ARTERIAL = (Measure.ART_SYSTOLIC, Measure.ART_DIASTOLIC, Measure.ART_MEAN)
"""In the order of the values of P1."""
NIBP = (
    (Measure.NIBP_SYSTOLIC, CUFF),
    (Measure.NIBP_DIASTOLIC, CUFF),
    (Measure.NIBP_MEAN, CUFF),
    (Measure.NIBP_PULSE_RATE, RATE),
)
"""In the order of the values of NIBP."""


class IvyDriver:
    """One monitor; implements `devices.contract.Driver`."""

    def __init__(self, options: Options) -> None:
        self._arterial = options.p1 == "art"
        self._decoder = MessageDecoder()
        self._cuff: list[tuple[float | None, Quality]] = []
        self._heard: Instant | None = None
        self._late: list[Item] = []

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the messages completed by it say."""
        items, self._late = self._late, []
        for portion in portions(data):
            self._decoder.feed(portion)
            items += self._completed(at)
        self._heard = at if data else self._heard
        return items

    def due(self, at: Instant) -> bytes:
        """Return nothing: the monitor speaks unasked. A message that stands still is given up."""
        if self._heard is not None and at.seconds_since(self._heard) > SILENCE_S:
            self._late += self._give_up(self._heard)
        return b""

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        if self._heard is not None:
            self._give_up(self._heard)
        return self.counts

    def _give_up(self, at: Instant) -> list[Item]:
        items: list[Item] = []
        while self._decoder.waiting:
            self._decoder.give_up()
            items += self._completed(at)
        return items

    def _completed(self, at: Instant) -> Iterator[Item]:
        while (message := self._decoder.next_frame()) is not None:
            yield from self._readings(message.text, at)
            yield from _waves(message, at)
            if self._arterial:
                yield _wave(Channel.ART, message.p1, at, shown=not _technical(message.text.p1))

    def _readings(self, text: Text, at: Instant) -> Iterator[Reading]:
        yield _reading(Measure.HEART_RATE, text.hr, RATE, at)
        yield _reading(Measure.RESPIRATORY_RATE, text.rr, BREATHS, at)
        # The label of SPO2 is the pulse rate, so that its alarm alone tells of a fault.
        saturation = Line(text.spo2.values, alarm=text.spo2.alarm)
        yield _reading(Measure.SPO2, saturation, SATURATION, at)
        pulse = Line((text.pulse,), alarm=text.spo2.alarm)
        yield _reading(Measure.PULSE_RATE, pulse, RATE, at)
        yield from self._measured(text.nibp, at)
        if self._arterial:
            yield from _arterial(text.p1, at)

    def _measured(self, line: Line, at: Instant) -> Sequence[Reading]:
        """Return the readings of a cuff measurement when it is new: it is said again and again.

        A garbled one is passed over, lest the good one that follows it seem to be new.
        """
        fields = list(zip(line.values, NIBP, strict=True))
        damaged = any(garbled(text, limits) for text, (_, limits) in fields)
        if damaged or not _ordered([number(text, limits) for text, (_, limits) in fields]):
            return ()
        readings = [
            _value(measure, number(text, limits), line, at) for text, (measure, limits) in fields
        ]
        cuff = [(reading.value, reading.quality) for reading in readings]
        if cuff == self._cuff:
            return ()
        self._cuff = cuff
        return readings


def _arterial(line: Line, at: Instant) -> Iterator[Reading]:
    values = [number(text, ARTERY) for text in line.values]
    if not _ordered(values):
        values = [None] * len(values)
    for measure, value in zip(ARTERIAL, values, strict=True):
        yield _value(measure, value, line, at)


def _ordered(values: Sequence[int | None]) -> bool:
    """Tell whether diastolic <= mean <= systolic, as far as each is there."""
    systolic, diastolic, mean, *_ = values
    rising = [value for value in (diastolic, mean, systolic) if value is not None]
    return rising == sorted(rising)


def _reading(measure: Measure, line: Line, limits: Limits, at: Instant) -> Reading:
    return _value(measure, number(line.values[0], limits), line, at)


def _value(measure: Measure, value: int | None, line: Line, at: Instant) -> Reading:
    if value is not None:
        return Reading(measure, value, Quality.VALID, at)
    quality = Quality.INVALID if _technical(line) else Quality.UNAVAILABLE
    return Reading(measure, None, quality, at)


def _technical(line: Line) -> bool:
    """Tell whether the monitor has no value and writes something in its place."""
    return line.empty and bool(line.label or line.alarm)


def _waves(message: Message, at: Instant) -> Iterator[WaveBlock]:
    text = message.text
    no_probe = text.spo2.empty and bool(text.spo2.alarm)
    yield _wave(Channel.ECG, message.ecg, at, rate_hz=ECG_HZ)
    # While there is an end-tidal value this is the CO2 wave, in a unit that is not on the wire.
    yield _wave(Channel.RESP, message.resp, at, shown=text.etco2.empty)
    yield _wave(Channel.PLETH, message.pleth, at, shown=not no_probe)


def _wave(
    channel: Channel, data: bytes, at: Instant, *, rate_hz: int = OTHER_HZ, shown: bool = True
) -> WaveBlock:
    """Return the samples; none of them where they are not to be shown or are no data."""
    here = shown and any(sample != NO_DATA for sample in data)
    samples = tuple(data) if here else (None,) * len(data)
    unit = "mm[Hg]" if channel is Channel.ART else "count"
    return WaveBlock(channel, rate_hz, unit, samples, at)
