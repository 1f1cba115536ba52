"""The rows of the HealthyPi boards in the catalogue."""

from __future__ import annotations

from devices.contract import Evidence, ProtocolEntry, Standing
from devices.healthypi.driver import HealthyPiDriver
from devices.healthypi.wire import VERSION_4, VERSION_5, Shapes
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality


def _entry(name: str, shapes: Shapes, evidence: Evidence) -> ProtocolEntry:
    """Return a version of the HealthyPi: a board for the bench, whose frames carry no check."""
    return ProtocolEntry(
        name=name,
        modalities=(Modality.ECG, Modality.PULSE_OXIMETRY),
        line=LineSettings(115200),
        measures=(
            Measure.HEART_RATE,
            Measure.RESPIRATORY_RATE,
            Measure.SPO2,
            Measure.TEMPERATURE,
        ),
        channels=(Channel.ECG, Channel.RESP, Channel.PLETH),
        quiet_s=1.0,
        interval_s=1.0,
        evidence=evidence,
        standing=Standing.BENCH,
        checked=False,
        driver=lambda _: HealthyPiDriver(shapes),
    )


HEALTHYPI_V4 = _entry("healthypi-v4", VERSION_4, Evidence.SEVERAL)
HEALTHYPI_V5 = _entry("healthypi-v5", VERSION_5, Evidence.ONE)
