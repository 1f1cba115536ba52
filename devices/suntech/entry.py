"""The row of the SunTech Advantage in the catalogue."""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.suntech.driver import SuntechDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Measure
from vitals.vocabulary import Modality

SUNTECH = ProtocolEntry(
    name="suntech",
    modalities=(Modality.NIBP,),
    line=LineSettings(9600),
    measures=(
        Measure.NIBP_SYSTOLIC,
        Measure.NIBP_DIASTOLIC,
        Measure.NIBP_MEAN,
        Measure.NIBP_PULSE_RATE,
    ),
    channels=(),
    quiet_s=2.0,
    interval_s=1.0,
    evidence=Evidence.ONE,
    standing=Standing.BENCH,
    checked=True,
    driver=lambda _: SuntechDriver(),
)
