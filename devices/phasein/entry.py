"""The row of the IRMA and ISA in the catalogue.

The description is of analysers that speak as these do; a program and a recorded frame agree with
it.
"""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.phasein.driver import PhaseinDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

PHASEIN = ProtocolEntry(
    name="phasein",
    modalities=(Modality.CAPNOGRAPHY,),
    line=LineSettings(9600),
    measures=(
        Measure.ETCO2,
        Measure.FICO2,
        Measure.RESPIRATORY_RATE,
        Measure.FIO2,
        Measure.ETO2,
        Measure.N2O_INSPIRED,
        Measure.N2O_EXPIRED,
        Measure.AGENT_INSPIRED,
        Measure.AGENT_EXPIRED,
    ),
    channels=(Channel.CO2,),
    quiet_s=1.0,
    interval_s=0.5,
    evidence=Evidence.SEVERAL,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda _: PhaseinDriver(),
)
