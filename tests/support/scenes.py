"""Messages of a bed in the situations that a screen must be able to show."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import msgspec

from daemon.protocol.alarms import AlarmState, Sounding
from daemon.protocol.cases import Case, Cell, Limit
from daemon.protocol.message import Message
from daemon.protocol.messages import (
    PROTOCOL,
    Alarm,
    Beat,
    Device,
    Event,
    Hello,
    JournalState,
    Reading,
    Snapshot,
    Wave,
)
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Origin, Quality
from vitals.vocabulary import (
    Basis,
    CaseState,
    DeviceState,
    GapCause,
    Modality,
    Obligation,
    Priority,
    SignalState,
)

WALL = datetime(2026, 11, 21, 9, 42, 7, tzinfo=UTC).timestamp()
NOW = Instant(1000.0, WALL)
AT = NOW.rfc3339()
BED = "Stue 1"

HELLO = Hello(PROTOCOL, "0.1.0", "Klinik Nord", (BED, "Stue 2"), AT)
BEAT = Beat(AT, JournalState.RECORDING, 0)

DEVICE = Device(
    at=AT,
    age_s=0.3,
    bed=BED,
    name="nonin",
    protocol="nonin-df2",
    origin=Origin.MEASURED,
    state=DeviceState.RECEIVING,
    reason="",
    notes=(),
    checked=True,
    frames=75,
    bad_frames=0,
    discarded_bytes=0,
)

SPO2 = Reading(
    AT, 0.3, BED, "nonin", Measure.SPO2, 97, "%", Quality.VALID, Origin.MEASURED, 2.0, 10.0
)
PULSE = Reading(
    AT,
    0.3,
    BED,
    "nonin",
    Measure.PULSE_RATE,
    118,
    "/min",
    Quality.VALID,
    Origin.MEASURED,
    2.0,
    10.0,
)


def _cell(modality: Modality, basis: Basis, *, met: bool | None, cause: GapCause | None) -> Cell:
    obligation = Obligation.REQUIRED if basis is Basis.CONTRACT else Obligation.OPTIONAL
    return Cell(modality, obligation, basis, "3021", "seed", met, cause)


CELLS = (
    _cell(Modality.CLINICAL_OBSERVATION, Basis.CONTRACT, met=None, cause=None),
    _cell(Modality.PULSE_OXIMETRY, Basis.CONTRACT, met=True, cause=None),
    *(
        _cell(modality, Basis.ADVISORY, met=False, cause=GapCause.NOT_ATTACHED)
        for modality in (Modality.CAPNOGRAPHY, Modality.ECG, Modality.NIBP)
    ),
)

CASE = Case(
    at=AT,
    age_s=761.0,
    case="KN-261121-014",
    bed=BED,
    state=CaseState.ANAESTHESIA,
    code="3021",
    rules="0123456789ab",
    band="y2_5",
    limits_approved_by="",
    limits=(Limit(Measure.SPO2, 92, None, 85, None), Limit(Measure.PULSE_RATE, 70, 155, 60, None)),
    cells=CELLS,
    by="AS",
)

DESATURATION = Alarm(
    at=AT,
    age_s=6.0,
    id="spo2_low",
    bed=BED,
    device=None,
    state=AlarmState.ACTIVE,
    signal=SignalState.ON,
    priority=Priority.HIGH,
    measure=Measure.SPO2,
    value=83,
    limit=85,
)
FAST = msgspec.structs.replace(
    DESATURATION,
    id="hr_high",
    age_s=64.0,
    priority=Priority.MEDIUM,
    measure=Measure.PULSE_RATE,
    value=161,
    limit=155,
)
PROBE_OFF = msgspec.structs.replace(
    FAST, id="probe_off", device="nonin", measure=None, value=None, limit=None, age_s=12.0
)
LINK_LOST = msgspec.structs.replace(PROBE_OFF, id="link_lost", age_s=4.0)

EVENTS = (
    Event("2026-11-21T09:29:26.000Z", BED, "case_started", by="AS"),
    Event(
        "2026-11-21T09:41:55.000Z",
        BED,
        "alarm_onset",
        alarm="spo2_low",
        priority=Priority.MEDIUM,
        measure=Measure.SPO2,
        value=90,
    ),
    Event(
        "2026-11-21T09:42:01.000Z",
        BED,
        "alarm_escalated",
        alarm="spo2_low",
        priority=Priority.HIGH,
        measure=Measure.SPO2,
        value=83,
    ),
)


def with_value(reading: Reading, value: float | None, age_s: float = 0.3) -> Reading:
    quality = Quality.VALID if value is not None else Quality.INVALID
    return msgspec.structs.replace(reading, value=value, quality=quality, age_s=age_s)


def snapshot(*messages: Message) -> Snapshot:
    """Return a snapshot that holds `messages`."""
    return Snapshot(
        at=AT,
        devices=tuple(m for m in messages if isinstance(m, Device)),
        readings=tuple(m for m in messages if isinstance(m, Reading)),
        cases=tuple(m for m in messages if isinstance(m, Case)),
        alarms=tuple(m for m in messages if isinstance(m, Alarm)),
        events=tuple(m for m in messages if isinstance(m, Event)),
        soundings=tuple(m for m in messages if isinstance(m, Sounding)),
    )


def greeting(*messages: Message) -> list[Message]:
    """Return what a daemon says to a new client."""
    return [HELLO, snapshot(*messages), BEAT]


IDLE = (DEVICE, SPO2, PULSE)
RUNNING = (*IDLE, CASE, *EVENTS)
HIGH = (DEVICE, with_value(SPO2, 83), with_value(PULSE, 132), CASE, DESATURATION, *EVENTS)
BOTH = (DEVICE, with_value(SPO2, 83), with_value(PULSE, 161), CASE, DESATURATION, FAST, *EVENTS)
MISSING = (
    msgspec.structs.replace(DEVICE, state=DeviceState.LOST, age_s=14.0, reason="unplugged"),
    with_value(SPO2, None),
    with_value(PULSE, None),
    msgspec.structs.replace(
        CASE,
        cells=(
            CELLS[0],
            _cell(Modality.PULSE_OXIMETRY, Basis.CONTRACT, met=False, cause=GapCause.DEVICE_LOST),
            *CELLS[2:],
        ),
    ),
    LINK_LOST,
    *EVENTS,
)


def waves(seconds: float, start: Instant = NOW, *, rate_hz: float = 75.0) -> list[Wave]:
    """Return a pleth of 118 beats a minute in blocks of 25 samples, the last one ending now."""
    count = round(seconds * rate_hz / 25)
    return [_wave(number, count, start, rate_hz) for number in range(count)]


def _wave(number: int, count: int, start: Instant, rate_hz: float) -> Wave:
    before_s = (count - 1 - number) * 25 / rate_hz
    at = Instant(start.monotonic - before_s, start.wall - before_s)
    samples = tuple(pleth((number * 25 + sample) / rate_hz) for sample in range(25))
    return Wave(
        at.rfc3339(), BED, "nonin", Channel.PLETH, rate_hz, "count", Origin.MEASURED, samples
    )


def pleth(second: float) -> int:
    """Return a plausible sample at `second`: an upstroke, a notch and a slow fall."""
    phase = (second * 118 / 60) % 1.0
    beat = math.exp(-(((phase - 0.2) / 0.1) ** 2)) + 0.45 * math.exp(-(((phase - 0.5) / 0.13) ** 2))
    return round(40 + 150 * beat)
