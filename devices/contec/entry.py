"""The rows of the CMS50 oximeters in the catalogue: for the bench, and without a check."""

from __future__ import annotations

from dataclasses import replace

from devices.contec.driver import ContecDriver
from devices.contec.newer import NewFrame
from devices.contec.wire import OldFrame
from devices.contract import Evidence, ProtocolEntry, Standing
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

CONTEC_OLD = ProtocolEntry(
    name="contec-old",
    modalities=(Modality.PULSE_OXIMETRY,),
    line=LineSettings(19200, parity="O"),
    measures=(Measure.SPO2, Measure.PULSE_RATE),
    channels=(Channel.PLETH,),
    quiet_s=1.0,
    interval_s=1 / 60,
    evidence=Evidence.SEVERAL,
    standing=Standing.BENCH,
    checked=False,
    driver=lambda _: ContecDriver(OldFrame),
)

CONTEC_NEW = replace(
    CONTEC_OLD,
    name="contec-new",
    line=LineSettings(115200),
    measures=(Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX),
    evidence=Evidence.CAPTURE,
    driver=lambda _: ContecDriver(NewFrame),
)
