"""Every protocol that can be read; simulators have a catalogue of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.nonin.driver import NoninDriver
from devices.nonin.wire import Df2Frame, Df7Frame, Shape
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality


def _nonin(name: str, shape: Shape) -> ProtocolEntry:
    """Return a streaming format of Nonin: 9600 8N1, numerics thrice a second."""
    return ProtocolEntry(
        name=name,
        modalities=(Modality.PULSE_OXIMETRY,),
        line=LineSettings(9600),
        measures=(Measure.SPO2, Measure.PULSE_RATE),
        channels=(Channel.PLETH,),
        quiet_s=1.0,
        interval_s=1 / 3,
        evidence=Evidence.DOCUMENT,
        standing=Standing.CLINICAL,
        checked=True,
        driver=lambda _: NoninDriver(shape),
    )


_ENTRIES = (
    _nonin("nonin-df2", Df2Frame),
    _nonin("nonin-df7", Df7Frame),
)

PROTOCOLS: Mapping[str, ProtocolEntry] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""By the name that configuration and command line use."""
