"""The row of the Capnostream in the catalogue."""

from __future__ import annotations

from devices.capnostream.driver import CapnostreamDriver
from devices.capnostream.privacy import Scrubber
from devices.contract import Evidence, ProtocolEntry, Standing
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

CAPNOSTREAM = ProtocolEntry(
    name="capnostream",
    modalities=(Modality.CAPNOGRAPHY, Modality.PULSE_OXIMETRY),
    line=LineSettings(9600),
    measures=(
        Measure.ETCO2,
        Measure.FICO2,
        Measure.RESPIRATORY_RATE,
        Measure.SPO2,
        Measure.PULSE_RATE,
    ),
    channels=(Channel.CO2,),
    quiet_s=1.0,
    interval_s=1.0,
    evidence=Evidence.DOCUMENT,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda options: CapnostreamDriver(keep_alive=options.keep_alive),
    scrubber=Scrubber,
    takes=frozenset({"keep_alive"}),
)
