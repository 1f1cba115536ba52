"""The row of Dräger's machines in the catalogue; their line settings stand in their menus."""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.medibus.driver import MedibusDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Measure
from vitals.vocabulary import Modality

MEDIBUS = ProtocolEntry(
    name="medibus",
    modalities=(Modality.CAPNOGRAPHY, Modality.PULSE_OXIMETRY),
    line=LineSettings(9600, parity="E"),
    measures=(
        Measure.SPO2,
        Measure.PULSE_RATE,
        Measure.ETCO2,
        Measure.FICO2,
        Measure.RESPIRATORY_RATE,
        Measure.FIO2,
        Measure.ETO2,
        Measure.N2O_INSPIRED,
        Measure.N2O_EXPIRED,
        Measure.AGENT_INSPIRED,
        Measure.AGENT_EXPIRED,
        Measure.MAC,
        Measure.GAS_PRESSURE,
    ),
    channels=(),
    quiet_s=3.0,
    interval_s=1.0,
    evidence=Evidence.DOCUMENT,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda _: MedibusDriver(),
)
