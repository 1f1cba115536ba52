"""The row of the Ivy 450C in the catalogue: 9600 8N1, a message a second."""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.ivy450c.driver import IvyDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

IVY450C = ProtocolEntry(
    name="ivy450c",
    modalities=(Modality.ECG, Modality.PULSE_OXIMETRY, Modality.NIBP, Modality.CAPNOGRAPHY),
    line=LineSettings(9600),
    measures=(
        Measure.HEART_RATE,
        Measure.RESPIRATORY_RATE,
        Measure.SPO2,
        Measure.PULSE_RATE,
        Measure.NIBP_SYSTOLIC,
        Measure.NIBP_DIASTOLIC,
        Measure.NIBP_MEAN,
        Measure.NIBP_PULSE_RATE,
        Measure.ART_SYSTOLIC,
        Measure.ART_DIASTOLIC,
        Measure.ART_MEAN,
        Measure.ETCO2,
        Measure.TEMPERATURE,
    ),
    channels=(Channel.ECG, Channel.RESP, Channel.PLETH, Channel.ART),
    quiet_s=3.0,
    interval_s=1.0,
    evidence=Evidence.CAPTURE,
    standing=Standing.CLINICAL,
    checked=True,
    driver=IvyDriver,
    takes=frozenset({"p1", "p2", "co2_unit", "temp_unit"}),
)
