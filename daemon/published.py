"""What of the bedside is told by MQTT: put together key by key, so that nothing passes by default.

`docs/mqtt.md` lists the same keys for people.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import UNSET

from daemon.picture import Station
from daemon.protocol import messages
from daemon.protocol.alarms import AlarmState
from telemetry.payloads import Alarm, AlarmEvent, Case, CaseEvent, Device, Value
from vitals.instant import Instant
from vitals.reading import Reading
from vitals.vocabulary import CaseState

WHAT: Mapping[str, str] = {
    "alarm_onset": "onset",
    "alarm_escalated": "escalated",
    "alarm_acknowledged": "acknowledged",
    "alarm_lapsed": "lapsed",
    "alarm_ended": "ended",
}
"""By the event that dashboards are told; no other event is told by MQTT."""


def value(station: Station, found: Reading) -> Value | None:
    """Return a reading; None where there is no number."""
    if (number := found.measure.rounded(found.value)) is None:
        return None
    return Value(
        measure=found.measure,
        value=number,
        unit=found.measure.form.unit,
        quality=found.quality,
        origin=station.origin,
        device=station.device.name,
        at=found.at.rfc3339(),
        agent=found.agent or UNSET,
        gas=found.site or UNSET,
    )


def alarm(found: messages.Alarm, now: Instant) -> Alarm | None:
    """Return an alarm that lasts; None of one that has ended."""
    if found.state is AlarmState.ENDED:
        return None
    return Alarm(
        id=found.id,
        priority=found.priority,
        state="active" if found.state is AlarmState.ACTIVE else "acknowledged",
        since=Instant(0.0, now.wall - found.age_s).rfc3339(),
        device=found.device or UNSET,
    )


def alarm_event(found: messages.Event) -> AlarmEvent | None:
    """Return what became of an alarm; None of any other event."""
    if found.event not in WHAT or found.alarm is None or found.priority is None:
        return None
    return AlarmEvent(
        at=found.at,
        bed=found.bed,
        id=found.alarm,
        what=WHAT[found.event],  # type: ignore[arg-type]  # the values of WHAT are those words
        priority=found.priority,
        device=found.device or UNSET,
        measure=found.measure or UNSET,
        value=UNSET if found.value is None else found.value,
    )


def case(bed: str, state: CaseState | None, now: Instant) -> Case:
    """Return where the case of a bed stands; one that is over is none."""
    return Case(now.rfc3339(), bed, None if state is None or state.over else state)


def case_event(bed: str, state: CaseState, now: Instant) -> CaseEvent:
    """Return that a case came to stand elsewhere in its course."""
    return CaseEvent(now.rfc3339(), bed, state)


def device(found: messages.Device) -> Device:
    """Return where a device stands."""
    return Device(found.at, found.name, found.bed, found.protocol, found.origin, found.state)
