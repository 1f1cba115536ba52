"""What is well formed in a scenario and still cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from devices.simulated.rows import (
    CableEvent,
    Deed,
    DeviceRow,
    Event,
    Join,
    PatientEvent,
    PatientRow,
    StaffEvent,
    Trouble,
    TroubleEvent,
)
from devices.simulated.troubles import SUFFERS, WIRE


def contradictions(
    devices: Sequence[DeviceRow],
    patients: Sequence[PatientRow],
    events: Sequence[Event],
    duration_s: float,
) -> Iterator[str]:
    """Yield each contradiction as one line."""
    yield from _twice("device", [device.name for device in devices])
    yield from _twice("patient", [patient.bed for patient in patients])
    beds = {patient.bed for patient in patients}
    names = {device.name: device.protocol for device in devices}
    for device in devices:
        if device.bed not in beds:
            yield f"device {device.name!r} is at bed {device.bed!r}, which has no patient"
        if device.join is Join.TCP and device.profile is None:
            yield f'device {device.name!r} has join = "tcp", which is Modbus with a `profile`'
    for event in events:
        for problem in (*_time_problems(event, duration_s), *_problems(event, beds, names)):
            yield f"event at {event.at_s:g} s {problem}"


def _twice(table: str, names: Sequence[str]) -> Iterator[str]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{table} {name!r} is there twice"


def _time_problems(event: Event, duration_s: float) -> Iterator[str]:
    over_s = event.over_s if isinstance(event, PatientEvent) else 0.0
    if event.at_s + over_s > duration_s:
        yield f"ends after the scenario's {duration_s:g} s"


def _problems(event: Event, beds: set[str], devices: Mapping[str, str]) -> Iterator[str]:
    match event:
        case CableEvent() | TroubleEvent() if event.device not in devices:
            yield f"names device {event.device!r}, which does not exist"
        case CableEvent():
            pass
        case TroubleEvent():
            protocol = devices[event.device]
            if event.trouble not in {Trouble.NONE} | WIRE | SUFFERS.get(protocol, frozenset()):
                yield f"{protocol} cannot be simulated with trouble {event.trouble}"
        case PatientEvent():
            yield from _turn_problems(event, beds)
        case StaffEvent():
            yield from _staff_problems(event, beds)


def _turn_problems(event: PatientEvent, beds: set[str]) -> Iterator[str]:
    if event.bed is None and len(beds) > 1:
        yield "does not say which bed"
    if event.bed is not None and event.bed not in beds:
        yield f"names bed {event.bed!r}, which has no patient"
    values = (
        event.spo2,
        event.pulse_rate,
        event.respiratory_rate,
        event.etco2,
        event.fico2,
        event.systolic,
        event.diastolic,
    )
    moves = any(value is not None for value in values)
    if not moves and not any((event.probe, event.pulse, event.motion, event.cuff)):
        yield "changes nothing; give it one of spo2, pulse_rate, probe, pulse, motion, cuff, cable"
    if event.over_s and not moves:
        yield "has over_s and no value to move"


def _staff_problems(event: StaffEvent, beds: set[str]) -> Iterator[str]:
    if event.bed not in beds:
        yield f"names bed {event.bed!r}, which has no patient"
    if event.do in (Deed.START, Deed.PLAN) and not (event.code and event.age):
        yield f"does {event.do} without code and age"
    if event.do is Deed.AGE and not event.age:
        yield "does age without age"
    if event.do is Deed.SAY and event.deed is None:
        yield "says nothing: give it a deed"
    if event.do is Deed.ACKNOWLEDGE and not event.alarm:
        yield "acknowledges without naming the alarm"
