"""HealthyPi: frames to readings and waves.

Document: as `devices.healthypi.wire`. Without a check in the frames a number is valid only when
three frames in succession say it. The scales of the waves are not known: they go out as counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from devices.healthypi.stream import FrameDecoder
from devices.healthypi.wire import REPEATED, EcgBlock5, Frame, PpgBlock5, Sample4, Sample5, Shapes
from devices.standstill import StandstillDriver
from firmware_bridge.agreement import Agreement
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock

RATE_4_HZ = 125
RATE_5_HZ = 128
"""Nominal."""
BIOZ_BLOCK_HZ = 64
"""Four samples to eight of the ECG."""
LEADS = 0x1F
FULL_SATURATION = 100
LOWEST_CEL, HIGHEST_CEL = 10.0, 50.0
"""What the thermometer can meet on a bench or a body; anything else is damage."""
LEADS_OFF = frozenset({Note.LEADS_OFF})


class HealthyPiDriver(StandstillDriver):
    """One board of one version; implements `devices.contract.Driver`."""

    def __init__(self, shapes: Shapes) -> None:
        self._decoder = FrameDecoder(shapes)
        super().__init__(self._decoder)
        self._agreement = Agreement()
        self._notes: frozenset[Note] = frozenset()

    def _completed(self, at: Instant) -> Iterator[Item]:
        while (frame := self._decoder.next_frame()) is not None:
            self._agreement.follow(self._decoder.discarded_bytes)
            yield from self._items(frame, at)

    def _items(self, frame: Frame, at: Instant) -> Iterator[Item]:
        match frame:
            case Sample4():
                yield from self._sample4(frame, at)
            case Sample5():
                yield from self._sample5(frame, at)
            case EcgBlock5():
                yield self._reading(Measure.HEART_RATE, _rate(frame.hr), at)
                yield self._reading(Measure.RESPIRATORY_RATE, _rate(frame.rr), at)
                yield WaveBlock(Channel.ECG, RATE_5_HZ, "count", frame.ecg, at)
                yield WaveBlock(Channel.RESP, BIOZ_BLOCK_HZ, "count", frame.bioz, at)
            case PpgBlock5():
                yield self._reading(Measure.SPO2, _saturation(frame.spo2), at)
                yield WaveBlock(Channel.PLETH, RATE_5_HZ, "count", frame.ppg, at)

    def _sample4(self, frame: Sample4, at: Instant) -> Iterator[Item]:
        off = bool(frame.leads & LEADS)
        notes = LEADS_OFF if off else frozenset()
        if self._agreement.tell("notes", notes) and notes != self._notes:
            self._notes = notes
            yield Notes(notes, at)
        yield self._reading(Measure.HEART_RATE, _rate(frame.hr), at, fault=off)
        yield self._reading(Measure.RESPIRATORY_RATE, _rate(frame.rr), at, fault=off)
        yield self._reading(Measure.SPO2, _saturation(frame.spo2), at)
        yield self._reading(Measure.TEMPERATURE, _temperature(frame.temperature), at)
        yield WaveBlock(Channel.ECG, RATE_4_HZ, "count", (None if off else frame.ecg,), at)
        yield WaveBlock(Channel.RESP, RATE_4_HZ, "count", (None if off else frame.resp,), at)
        yield WaveBlock(Channel.PLETH, RATE_4_HZ, "count", (frame.ir,), at)

    def _sample5(self, frame: Sample5, at: Instant) -> Iterator[Item]:
        yield self._reading(Measure.HEART_RATE, _rate(frame.hr), at)
        yield self._reading(Measure.RESPIRATORY_RATE, _rate(frame.rr), at)
        yield self._reading(Measure.SPO2, _saturation(frame.spo2), at)
        yield self._reading(Measure.TEMPERATURE, _temperature(frame.temperature), at)
        bioz = None if frame.skip == REPEATED else frame.bioz
        yield WaveBlock(Channel.ECG, RATE_5_HZ, "count", (frame.ecg,), at)
        yield WaveBlock(Channel.RESP, RATE_5_HZ, "count", (bioz,), at)
        yield WaveBlock(Channel.PLETH, RATE_5_HZ, "count", (frame.ir,), at)

    def _reading(
        self, measure: Measure, value: float | None, at: Instant, *, fault: bool = False
    ) -> Reading:
        """Return the reading: a fault wins over a missing number."""
        agreed = self._agreement.tell(measure, None if fault else value)
        if fault:
            return Reading(measure, None, Quality.INVALID, at)
        if value is None:
            return Reading(measure, None, Quality.UNAVAILABLE, at)
        return Reading(measure, value, Quality.VALID if agreed else Quality.QUESTIONABLE, at)


def _rate(rate: int) -> int | None:
    return rate or None


def _saturation(spo2: int) -> int | None:
    return spo2 if 0 < spo2 <= FULL_SATURATION else None


def _temperature(hundredths: int) -> float | None:
    """Return degrees Celsius."""
    celsius = hundredths / 100
    return celsius if LOWEST_CEL <= celsius <= HIGHEST_CEL else None
