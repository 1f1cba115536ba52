"""What Home Assistant is told so that it finds the beds by itself, where that is switched on.

Home Assistant documentation, Integrations, MQTT: "MQTT Discovery", "MQTT Sensor" and "MQTT binary
sensor".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from telemetry import topics
from telemetry.payloads import Alarms, Numerics
from telemetry.series import Message
from vitals.measure import Measure

EXPIRE_S = 30
"""A number that is not said again within this time is shown as unavailable."""
_ODD = re.compile(r"[^A-Za-z0-9]")


def announcements(root: str, message: Message, known: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield topic and payload, to be retained, of all that a state tells and is not in `known`."""
    for name, made in _entities(root, message):
        if name not in known:
            known.add(name)
            yield f"homeassistant/{name}/config", msgspec.json.encode(made())


def _entities(root: str, message: Message) -> Iterator[tuple[str, Callable[[], dict[str, object]]]]:
    """Yield kind and id of all that is told of a bed, and what makes the words of it."""
    kind = message.topic.rpartition("/")[2] if message.topic.startswith("bed/") else ""
    if kind == "numerics":
        numerics = msgspec.json.decode(message.payload, type=Numerics)
        for measure in {value.measure: None for value in numerics.values}:
            name = f"sensor/{_id(root, numerics.bed, measure)}"
            yield name, partial(_number, root, numerics.bed, measure)
    if kind == "alarms":
        bed = msgspec.json.decode(message.payload, type=Alarms).bed
        yield f"binary_sensor/{_id(root, bed, 'alarm')}", partial(_alarm, root, bed)


def _number(root: str, bed: str, measure: Measure) -> dict[str, object]:
    chosen = f"value_json.values | selectattr('measure', 'eq', '{measure}')"
    return {
        "name": measure.value,
        "unique_id": _id(root, bed, measure),
        "state_topic": f"{root}/{topics.numerics(bed)}",
        "value_template": f"{{{{ {chosen} | map(attribute='value') | first | default(none) }}}}",
        "unit_of_measurement": measure.form.written,
        "expire_after": EXPIRE_S,
        **_common(root, bed),
    }


def _alarm(root: str, bed: str) -> dict[str, object]:
    return {
        "name": "alarm",
        "unique_id": _id(root, bed, "alarm"),
        "state_topic": f"{root}/{topics.alarms(bed)}",
        "value_template": "{{ 'ON' if value_json.alarms else 'OFF' }}",
        **_common(root, bed),
    }


def _common(root: str, bed: str) -> dict[str, object]:
    return {
        "availability_topic": f"{root}/{topics.ONLINE}",
        "device": {
            "identifiers": [_id(root, bed)],
            "name": f"{bed} (not for watching a patient)",
            "manufacturer": "Vagt",
        },
    }


def _id(*parts: str) -> str:
    """Return an id of letters, digits, `_` and `-`, another for other parts."""
    said = (_ODD.sub(lambda found: f"-{ord(found[0]):x}-", part) for part in parts)
    return "_".join(("vagt", *said))
