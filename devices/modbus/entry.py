"""What the catalogue says of a device with registers, and what a map makes of that.

Without a map nothing is known of such a device: neither what it measures nor how its line is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from devices.contract import Evidence, Pace, ProtocolEntry, Standing
from devices.modbus.driver import RegisterDriver
from devices.modbus.item import RegisterMap
from devices.modbus.map import parsed
from firmware_bridge.settings import LineSettings
from vitals.measure import Measure
from vitals.vocabulary import Modality

_SHOWS = {
    Measure.SPO2: Modality.PULSE_OXIMETRY,
    Measure.ETCO2: Modality.CAPNOGRAPHY,
    Measure.HEART_RATE: Modality.ECG,
    Measure.NIBP_SYSTOLIC: Modality.NIBP,
    Measure.TOF_RATIO: Modality.NEUROMUSCULAR,
}
"""The measure without which a device is no monitor of its kind."""


def mapped(entry: ProtocolEntry, text: str) -> ProtocolEntry:
    """Return the row of a device that is read with a map; MapError when `text` is no map."""
    whole = parsed(text)
    measures = {item.measure: None for item in whole.items if item.measure is not None}
    patients = {item.measure for item in whole.items if item.site is None}
    return replace(
        entry,
        modalities=tuple(kind for measure, kind in _SHOWS.items() if measure in patients),
        line=whole.line or entry.line,
        measures=tuple(measures),
        paces=_paces(whole),
    )


def _paces(whole: RegisterMap) -> Mapping[tuple[Measure, str | None], Pace]:
    return {
        (item.measure, item.site): Pace(item.poll_s, item.lives_s)
        for item in whole.items
        if item.measure is not None
    }


MODBUS = ProtocolEntry(
    name="modbus",
    modalities=(),
    line=LineSettings(9600),
    measures=tuple(Measure),
    channels=(),
    quiet_s=5.0,
    interval_s=1.0,
    evidence=Evidence.DOCUMENT,
    standing=Standing.BENCH,
    checked=True,
    driver=lambda options: RegisterDriver(options.map),
    mapped=mapped,
)
