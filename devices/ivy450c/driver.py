"""Ivy 450C: messages to readings and waves.

Document: as `devices.ivy450c.wire`. What the wire does not say the clinic must: in which unit EtCO2
and temperatures are, and which pressure is arterial. Otherwise they are not published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from devices.contract import Options
from devices.ivy450c.cuff import Cuff
from devices.ivy450c.text import (
    ARTERY,
    BREATHS,
    RATE,
    SATURATION,
    Line,
    Text,
    number,
)
from devices.ivy450c.units import CO2, TEMPERATURE
from devices.ivy450c.units import reading as converted
from devices.ivy450c.values import ordered, reading, technical, value
from devices.ivy450c.wire import NO_DATA, Message, MessageDecoder
from devices.standstill import StandstillDriver
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Reading, WaveBlock

ECG_HZ = 200
OTHER_HZ = 50
ARTERIAL = (Measure.ART_SYSTOLIC, Measure.ART_DIASTOLIC, Measure.ART_MEAN)
"""In the order of the values of P1 and P2."""
SECOND = "T2"
"""The site of the second temperature."""


class IvyDriver(StandstillDriver):
    """One monitor; implements `devices.contract.Driver`."""

    def __init__(self, options: Options) -> None:
        self._arterial = "p1" if options.p1 == "art" else "p2" if options.p2 == "art" else None
        """Which of the two pressures is."""
        self._co2 = None if options.co2_unit is None else CO2[options.co2_unit]
        self._warmth = None if options.temp_unit is None else TEMPERATURE[options.temp_unit]
        self._decoder = MessageDecoder()
        super().__init__(self._decoder)
        self._cuff = Cuff()
        self._notes: frozenset[Note] = frozenset()

    def _completed(self, at: Instant) -> Iterator[Item]:
        while (message := self._decoder.next_frame()) is not None:
            yield from self._readings(message.text, at)
            yield from _waves(message, at)
            if self._arterial is not None:
                line, wave = getattr(message.text, self._arterial), getattr(message, self._arterial)
                yield _wave(Channel.ART, wave, at, shown=not technical(line))
            if (said := self._said()) != self._notes:
                self._notes = said
                yield Notes(said, at)

    def _said(self) -> frozenset[Note]:
        return frozenset({Note.FROM_MEMORY} if self._cuff.from_memory else ())

    def _readings(self, text: Text, at: Instant) -> Iterator[Reading]:
        yield reading(Measure.HEART_RATE, text.hr, RATE, at)
        yield reading(Measure.RESPIRATORY_RATE, text.rr, BREATHS, at)
        # The label of SPO2 is the pulse rate, so that its alarm alone tells of a fault.
        saturation = Line(text.spo2.values, alarm=text.spo2.alarm)
        yield reading(Measure.SPO2, saturation, SATURATION, at)
        pulse = Line((text.pulse,), alarm=text.spo2.alarm)
        yield reading(Measure.PULSE_RATE, pulse, RATE, at)
        yield from self._cuff.readings(text.nibp, at)
        if self._arterial is not None:
            yield from _arterial(getattr(text, self._arterial), at)
        if self._co2 is not None:
            yield converted(Measure.ETCO2, text.etco2, self._co2, at)
        if self._warmth is not None:
            yield converted(Measure.TEMPERATURE, text.t1, self._warmth, at)
            second = converted(Measure.TEMPERATURE, text.t2, self._warmth, at)
            yield replace(second, site=SECOND)


def _arterial(line: Line, at: Instant) -> Iterator[Reading]:
    values = [number(text, ARTERY) for text in line.values]
    if not ordered(values):
        values = [None] * len(values)
    for measure, found in zip(ARTERIAL, values, strict=True):
        yield value(measure, found, line, at)


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
