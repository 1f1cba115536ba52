"""Messages of a bed with every kind of monitor: what a large and a low window must both hold."""

from __future__ import annotations

import math
from datetime import datetime

import msgspec
import scenes

from daemon.protocol.message import Message
from daemon.protocol.messages import Device, Reading, Wave
from vitals.measure import Agent, Channel, Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import DeviceState, Fault

CUFF_AT = "2026-11-21T09:36:02.000Z"
CUFF_AGE_S = 365.0
SEVO = Agent.SEVOFLURANE
AGENTS = (Measure.AGENT_INSPIRED, Measure.AGENT_EXPIRED)


def device(name: str, protocol: str, *notes: Note, checked: bool = True) -> Device:
    return msgspec.structs.replace(
        scenes.DEVICE, name=name, protocol=protocol, notes=notes, checked=checked
    )


def ailing(found: Device, fault: Fault, state: DeviceState = DeviceState.LOST) -> Device:
    return msgspec.structs.replace(found, state=state, fault=fault, age_s=12.0)


def reading(
    name: str,
    measure: Measure,
    value: float | None,
    *,
    quality: Quality = Quality.VALID,
    age_s: float = 0.3,
    site: str | None = None,
) -> Reading:
    """Return a reading with bounds as the daemon sends them for its measure."""
    rare = measure.value.startswith("nibp")
    return msgspec.structs.replace(
        scenes.SPO2,
        at=CUFF_AT if rare else scenes.AT,
        age_s=CUFF_AGE_S if rare else age_s,
        device=name,
        measure=measure,
        value=value,
        unit=measure.form.unit,
        quality=quality if value is not None or not quality.usable else Quality.INVALID,
        fresh_s=600.0 if rare else 3.0,
        stale_s=900.0 if rare else 10.0,
        site=site,
        agent=SEVO if measure in AGENTS else None,
    )


def cuff(name: str, systolic: float, diastolic: float, mean: float) -> list[Reading]:
    return [
        reading(name, Measure.NIBP_SYSTOLIC, systolic),
        reading(name, Measure.NIBP_DIASTOLIC, diastolic),
        reading(name, Measure.NIBP_MEAN, mean),
        reading(name, Measure.NIBP_PULSE_RATE, 112),
    ]


DEVICES = (
    device("capnostat", "capnostat5"),
    device("cuff", "suntech"),
    device("gas", "modbus"),
    device("ivy", "ivy450c"),
    device("nonin", "nonin-df2"),
)
READINGS = (
    scenes.SPO2,
    scenes.PULSE,
    reading("ivy", Measure.HEART_RATE, 119),
    reading("ivy", Measure.TEMPERATURE, 36.8),
    reading("capnostat", Measure.ETCO2, 5.14),
    reading("capnostat", Measure.FICO2, 0.0),
    reading("capnostat", Measure.RESPIRATORY_RATE, 22),
    reading("capnostat", Measure.FIO2, 50.2),
    reading("capnostat", Measure.ETO2, 46.1),
    reading("capnostat", Measure.N2O_INSPIRED, 48.0),
    reading("capnostat", Measure.N2O_EXPIRED, 43.2),
    reading("capnostat", Measure.AGENT_INSPIRED, 2.52),
    reading("capnostat", Measure.AGENT_EXPIRED, 2.31),
    reading("capnostat", Measure.MAC, 0.92),
    *cuff("cuff", 88, 51, 64),
    reading("gas", Measure.GAS_PRESSURE, 4.21, site="O2"),
    reading("gas", Measure.GAS_PRESSURE, 4.18, site="N2O"),
    reading("gas", Measure.GAS_PRESSURE, 4.33, site="air"),
    reading("gas", Measure.GAS_PRESSURE, 136.8, site="O2 cylinder"),
    reading("gas", Measure.GAS_MASS, 8.02, site="N2O"),
)
FULL: tuple[Message, ...] = (*DEVICES, *READINGS, scenes.CASE, *scenes.EVENTS)
LOW: tuple[Message, ...] = (
    *DEVICES,
    scenes.with_value(scenes.SPO2, 83),
    *READINGS[1:],
    scenes.CASE,
    scenes.DESATURATION,
    *scenes.EVENTS,
)
"""A child whose saturation has fallen, beside every number of five monitors."""
AILING: tuple[Message, ...] = (
    device("capnostat", "capnostat5", Note.NO_BREATH),
    device("cuff", "suntech", Note.CUFF_INFLATING),
    ailing(device("gas", "modbus"), Fault.UNREACHABLE),
    ailing(device("ivy", "ivy450c"), Fault.NOISE, DeviceState.SILENT),
    device("finger", "contec-old", checked=False),
    scenes.with_value(msgspec.structs.replace(scenes.SPO2, device="finger"), 95, 4.2),
    msgspec.structs.replace(scenes.PULSE, device="finger", quality=Quality.QUESTIONABLE),
    reading("ivy", Measure.HEART_RATE, 119, age_s=12.0),
    *(
        reading("capnostat", measure, None)
        for measure in (Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE)
    ),
    *cuff("cuff", 88, 51, 64),
    reading("gas", Measure.GAS_PRESSURE, 4.21, site="O2", age_s=6.0),
    scenes.CASE,
    *scenes.EVENTS,
)
"""Everything that can be wrong at once."""


def waves(seconds: float) -> list[Wave]:
    """Return ECG, pleth and CO2 in blocks of a third of a second, oldest first."""
    found = []
    for pleth in scenes.waves(seconds):
        found.append(pleth)
        for channel, name, height in ((Channel.ECG, "ivy", 1.2), (Channel.CO2, "capnostat", 5.1)):
            samples = tuple(round(_shape(channel, n, pleth) * height, 3) for n in range(25))
            found.append(
                msgspec.structs.replace(pleth, channel=channel, device=name, samples=samples)
            )
    return found


def _shape(channel: Channel, number: int, block: Wave) -> float:
    """Return P, QRS and T of a beat, or the plateau of a breath, of height 1."""
    second = datetime.fromisoformat(block.at).timestamp() % 1000 + number / block.rate_hz
    if channel is Channel.ECG:
        phase = (second * 119 / 60) % 1.0
        return sum(size * math.exp(-(((phase - at) / wide) ** 2)) for at, wide, size in _BEAT)
    phase = (second * 22 / 60) % 1.0
    return min(1.0, phase * 20, (_OUT - phase) * 20) * (0.85 + phase / 3) if phase < _OUT else 0.0


_BEAT = ((0.2, 0.04, 0.15), (0.34, 0.012, -0.12), (0.37, 0.014, 1.0), (0.6, 0.06, 0.28))
"""Of each hump its moment and width, in beats, and its height."""
_OUT = 0.45
"""So much of a breath is out."""
