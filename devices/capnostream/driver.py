"""Capnostream: samples and numerics to CO2 in kPa, saturation and what the monitor warns of.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007), codes 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntFlag

from devices.capnostream.framing import FrameDecoder
from devices.capnostream.handshake import Handshake
from devices.capnostream.numerics import MISSING, Co2Alarm, Extended, Numerics, Spo2Alarm, Unit
from devices.capnostream.wire import RATE_HZ, FastStatus, Identity, Message, Wave, message
from devices.contract import Counts
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock

PORTION = 1024
"""Long reads are decoded in portions, so that what waits stays small."""
KPA: Mapping[int, float] = {Unit.MMHG: 1 / 7.50062, Unit.KPA: 0.1}
"""What one count is worth; vol% has no pressure on the wire and is withheld."""
HIGHEST_KPA = 20.0
FULL_SATURATION = 100
FRACTIONS = 256

NO_SAMPLE = ~FastStatus.END_OF_BREATH
NO_CO2 = Co2Alarm.NO_BREATH
NO_SPO2 = Spo2Alarm.NO_PULSE | Spo2Alarm.SENSOR_OFF | Spo2Alarm.DISCONNECTED
DOUBTS: Mapping[Measure, Extended] = {
    Measure.ETCO2: Extended.CHECK_CALIBRATION | Extended.CHECK_FLOW,
    Measure.FICO2: Extended.CHECK_CALIBRATION | Extended.CHECK_FLOW,
    Measure.RESPIRATORY_RATE: Extended.CHECK_FLOW,
}
NOTES: Mapping[IntFlag, Note] = {
    FastStatus.INITIALISING: Note.WARMING_UP,
    FastStatus.OCCLUSION: Note.CHECK_SAMPLING_LINE,
    FastStatus.SELF_MAINTENANCE: Note.ZEROING,
    FastStatus.PURGING: Note.CHECK_SAMPLING_LINE,
    FastStatus.LINE_OFF: Note.CHECK_SAMPLING_LINE,
    FastStatus.MALFUNCTION: Note.SENSOR_FAULT,
}
