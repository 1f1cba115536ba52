"""The row of the Capnostat 5 and LoFlo in the catalogue."""

from __future__ import annotations

from devices.capnostat5.driver import CapnostatDriver
from devices.contract import Evidence, ProtocolEntry, Standing
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

CAPNOSTAT5 = ProtocolEntry(
    name="capnostat5",
    modalities=(Modality.CAPNOGRAPHY,),
    line=LineSettings(19200),
    measures=(Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE),
    channels=(Channel.CO2,),
    quiet_s=1.0,
    interval_s=1.0,
    evidence=Evidence.SEVERAL,
    standing=Standing.CLINICAL,
    checked=True,
    driver=CapnostatDriver,
    takes=frozenset({"pressure_mmhg", "gas", "oxygen_percent"}),
)
