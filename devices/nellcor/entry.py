"""The row of Nellcor's text port in the catalogue."""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.nellcor.driver import NellcorDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Measure
from vitals.vocabulary import Modality

NELLCOR = ProtocolEntry(
    name="nellcor",
    modalities=(Modality.PULSE_OXIMETRY,),
    line=LineSettings(9600),
    measures=(Measure.SPO2, Measure.PULSE_RATE),
    channels=(),
    quiet_s=5.0,
    interval_s=2.0,
    evidence=Evidence.CAPTURE,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda _: NellcorDriver(),
)
