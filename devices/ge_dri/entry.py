"""The row of the S/5 and CARESCAPE monitors in the catalogue."""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.ge_dri.driver import DriDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

GE_DRI = ProtocolEntry(
    name="ge-dri",
    modalities=(Modality.PULSE_OXIMETRY, Modality.CAPNOGRAPHY, Modality.ECG, Modality.NIBP),
    line=LineSettings(19200, parity="E"),
    measures=(
        Measure.HEART_RATE,
        Measure.SPO2,
        Measure.PULSE_RATE,
        Measure.ETCO2,
        Measure.FICO2,
        Measure.RESPIRATORY_RATE,
        Measure.NIBP_SYSTOLIC,
        Measure.NIBP_DIASTOLIC,
        Measure.NIBP_MEAN,
        Measure.NIBP_PULSE_RATE,
        Measure.ART_SYSTOLIC,
        Measure.ART_DIASTOLIC,
        Measure.ART_MEAN,
        Measure.TEMPERATURE,
        Measure.FIO2,
        Measure.ETO2,
        Measure.N2O_INSPIRED,
        Measure.N2O_EXPIRED,
        Measure.AGENT_INSPIRED,
        Measure.AGENT_EXPIRED,
        Measure.MAC,
    ),
    channels=(Channel.ECG, Channel.PLETH, Channel.CO2, Channel.ART),
    quiet_s=15.0,
    interval_s=5.0,
    evidence=Evidence.DOCUMENT,
    standing=Standing.CLINICAL,
    checked=True,
    driver=DriDriver,
    takes=frozenset({"p1"}),
)
