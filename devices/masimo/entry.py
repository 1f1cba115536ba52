"""The row of Masimo's serial text in the catalogue."""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.masimo.driver import MasimoDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Measure
from vitals.vocabulary import Modality

MASIMO = ProtocolEntry(
    name="masimo-ascii1",
    modalities=(Modality.PULSE_OXIMETRY,),
    line=LineSettings(9600),
    measures=(Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX),
    channels=(),
    quiet_s=3.0,
    interval_s=1.0,
    evidence=Evidence.CAPTURE,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda _: MasimoDriver(),
)
