"""The row of Berry's modules in the catalogue; the maker does not state their line speed."""

from __future__ import annotations

from devices.berry.driver import BerryDriver
from devices.contract import Evidence, ProtocolEntry, Standing
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

BERRY = ProtocolEntry(
    name="berry",
    modalities=(Modality.PULSE_OXIMETRY,),
    line=LineSettings(115200),
    measures=(Measure.SPO2, Measure.PULSE_RATE),
    channels=(Channel.PLETH,),
    quiet_s=1.0,
    interval_s=1 / 100,
    evidence=Evidence.DOCUMENT,
    standing=Standing.BENCH,
    checked=False,
    driver=lambda _: BerryDriver(),
)
