"""What the monitor's status bits make of its numbers, and what they say of itself.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007): fast status of code 0,
active alarms and extended CO2 status of code 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntFlag
from typing import TypeVar

from devices.capnostream.numerics import Co2Alarm, Extended, Numerics, Spo2Alarm
from devices.capnostream.wire import FastStatus
from vitals.measure import Measure
from vitals.reading import Note

Bit = TypeVar("Bit", bound=IntFlag)
NO_SAMPLE = int(~FastStatus.END_OF_BREATH)
"""Everything but the end of a breath: the sample is none then."""
NO_SPO2 = Spo2Alarm.NO_PULSE | Spo2Alarm.SENSOR_OFF | Spo2Alarm.DISCONNECTED
CO2_MEASURES = (Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE)
DOUBTS: Mapping[Measure, Extended] = {
    Measure.ETCO2: Extended.CHECK_CALIBRATION | Extended.CHECK_FLOW,
    Measure.FICO2: Extended.CHECK_CALIBRATION | Extended.CHECK_FLOW,
    Measure.RESPIRATORY_RATE: Extended.CHECK_FLOW,
}
"""Warnings, and the numbers that they put in doubt."""

_FAST_NOTES: Mapping[FastStatus, Note] = {
    FastStatus.INITIALISING: Note.WARMING_UP,
    FastStatus.OCCLUSION: Note.CHECK_SAMPLING_LINE,
    FastStatus.SELF_MAINTENANCE: Note.ZEROING,
    FastStatus.PURGING: Note.CHECK_SAMPLING_LINE,
    FastStatus.LINE_OFF: Note.CHECK_SAMPLING_LINE,
    FastStatus.MALFUNCTION: Note.SENSOR_FAULT,
}
_CO2_NOTES: Mapping[Co2Alarm, Note] = {Co2Alarm.NO_BREATH: Note.NO_BREATH}
_SPO2_NOTES: Mapping[Spo2Alarm, Note] = {
    Spo2Alarm.NO_PULSE: Note.NO_PULSE,
    Spo2Alarm.SENSOR_OFF: Note.PROBE_OFF,
    Spo2Alarm.DISCONNECTED: Note.PROBE_OFF,
}
_EXTENDED_NOTES: Mapping[Extended, Note] = {
    Extended.CHECK_FLOW: Note.CHECK_SAMPLING_LINE,
    Extended.PUMP_OFF: Note.SLEEPING,
    Extended.LOW_BATTERY: Note.LOW_BATTERY,
}


def faulty(measure: Measure, numerics: Numerics) -> bool:
    """Tell whether the monitor itself says that `measure` is not measured."""
    if measure in CO2_MEASURES:
        return bool(
            numerics.co2_alarms & Co2Alarm.NO_BREATH or numerics.extended & Extended.PUMP_OFF
        )
    return bool(numerics.spo2_alarms & NO_SPO2)


def doubtful(measure: Measure, numerics: Numerics) -> bool:
    """Tell whether the monitor warns of `measure`."""
    return bool(measure in DOUBTS and numerics.extended & DOUBTS[measure])


def fast_notes(status: int) -> frozenset[Note]:
    """Return what the status of a sample says."""
    return frozenset(_noted(_FAST_NOTES, status))


def slow_notes(numerics: Numerics) -> frozenset[Note]:
    """Return what alarms and status of the numerics say."""
    probe = frozenset(_noted(_SPO2_NOTES, numerics.spo2_alarms))
    return frozenset(
        (
            *_noted(_CO2_NOTES, numerics.co2_alarms),
            *(probe - {Note.NO_PULSE} if Note.PROBE_OFF in probe else probe),
            *_noted(_EXTENDED_NOTES, numerics.extended),
        )
    )


def _noted(notes: Mapping[Bit, Note], status: int) -> Iterator[Note]:
    return (note for bit, note in notes.items() if status & bit)
