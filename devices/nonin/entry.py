"""The rows of Nonin's formats in the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from devices.contract import Driver, Evidence, ProtocolEntry, Standing
from devices.nonin.detection import DetectingDriver
from devices.nonin.display import Df1Frame, Df8Frame
from devices.nonin.driver import NoninDriver
from devices.nonin.records import display_driver, spot_driver, text_driver
from devices.nonin.wire import Df2Frame, Df7Frame
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality


def _packets(name: str, driver: Callable[[], Driver]) -> ProtocolEntry:
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
        driver=lambda _: driver(),
    )


def _records(name: str, driver: Callable[[], Driver]) -> ProtocolEntry:
    """Return a format of Nonin that has numerics alone, once a second."""
    return replace(_packets(name, driver), channels=(), quiet_s=3.0, interval_s=1.0)


NONIN = (
    _packets("nonin-df2", lambda: NoninDriver(Df2Frame)),
    _packets("nonin-df7", lambda: NoninDriver(Df7Frame)),
    replace(
        _records("nonin-df1", lambda: display_driver(Df1Frame)),
        evidence=Evidence.ONE,
        standing=Standing.BENCH,
        checked=False,
    ),
    replace(_records("nonin-df8", lambda: display_driver(Df8Frame)), checked=False),
    # Nobody knows when the next spot check is made.
    replace(_records("nonin-df13", spot_driver), quiet_s=None),
    _records("nonin-text", text_driver),
    replace(_packets("nonin", DetectingDriver), quiet_s=3.0, interval_s=1.0, checked=False),
)
"""One row a format, and the one that finds the format out."""
