"""The row of the DINAMAP PRO 1000 in the catalogue.

One public program, and what its author's recording shows; no bytes of a device are at hand. No
source gives the line speed; 18 bytes 50 times a second need 9600 baud at the least.
"""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.dinamap.driver import DinamapDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

DINAMAP = ProtocolEntry(
    name="dinamap",
    modalities=(Modality.ECG,),
    line=LineSettings(19200),
    measures=(Measure.HEART_RATE,),
    channels=(Channel.ECG,),
    quiet_s=1.0,
    interval_s=1.0,
    evidence=Evidence.ONE,
    standing=Standing.BENCH,
    checked=True,
    driver=lambda _: DinamapDriver(),
)
