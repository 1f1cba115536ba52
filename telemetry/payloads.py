"""What is told by MQTT, key by key: JSON objects; `docs/mqtt.schema.json` is made from these types.

Names of beds and devices are those of the configuration; everything else is a number, a time or a
word of a closed vocabulary. Nothing that people type is here: no initials, notes or case numbers.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from vitals.measure import Agent, Measure
from vitals.reading import Origin, Quality
from vitals.vocabulary import CaseState, DeviceState, Priority


class Payload(Struct, frozen=True, forbid_unknown_fields=True):
    """Any of them; every `at` is RFC 3339 UTC with milliseconds."""


class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """One number that is current; a measure without one is not there."""

    measure: Measure
    value: float | int
    unit: str
    """UCUM."""
    quality: Quality
    origin: Origin
    device: str
    at: str
    agent: Agent | UnsetType = UNSET
    """Which volatile anaesthetic, where the device names it."""
    gas: str | UnsetType = UNSET
    """Which of several gas supplies."""


class Numerics(Payload, frozen=True):
    """The numbers of a bed as they stand; replaces what was said before."""

    at: str
    bed: str
    values: tuple[Value, ...]


class Alarm(Struct, frozen=True, forbid_unknown_fields=True):
    """One alarm that lasts."""

    id: str
    """The condition, as `vagt alarms list` has it."""
    priority: Priority
    state: Literal["active", "acknowledged"]
    since: str
    device: str | UnsetType = UNSET
    """Of a technical alarm."""


class Alarms(Payload, frozen=True):
    """The alarms of a bed as they stand."""

    at: str
    bed: str
    alarms: tuple[Alarm, ...]


class Case(Payload, frozen=True):
    """Where the case of a bed stands; null without one."""

    at: str
    bed: str
    state: CaseState | None


class Device(Payload, frozen=True):
    """Where a device stands."""

    at: str
    """Since when."""
    device: str
    bed: str
    protocol: str
    origin: Origin
    state: DeviceState


class AlarmEvent(Payload, frozen=True):
    """What became of an alarm."""

    at: str
    bed: str
    id: str
    what: Literal["onset", "escalated", "acknowledged", "lapsed", "ended"]
    priority: Priority
    device: str | UnsetType = UNSET
    measure: Measure | UnsetType = UNSET
    value: float | int | UnsetType = UNSET


class CaseEvent(Payload, frozen=True):
    """The case of a bed came to stand elsewhere in its course."""

    at: str
    bed: str
    state: CaseState


class Beat(Payload, frozen=True):
    """The daemon lives; once a second."""

    at: str
    version: str


PAYLOADS: dict[str, type[Payload]] = {
    "bed/{bed}/numerics": Numerics,
    "bed/{bed}/alarms": Alarms,
    "bed/{bed}/case": Case,
    "device/{device}": Device,
    "event/alarm": AlarmEvent,
    "event/case": CaseEvent,
    "beat": Beat,
}
"""By topic below the site's; `online` is the one word `online` or `offline`."""
