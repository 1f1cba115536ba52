"""What Home Assistant is told so that it finds the beds by itself, where that is switched on.

Home Assistant documentation, Integrations, MQTT: "MQTT Discovery" and "MQTT Sensor".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from telemetry import topics
from telemetry.payloads import Numerics
from vitals.measure import Measure

EXPIRE_S = 30
"""A number that is not said again within this time is shown as unavailable."""
_ODD = re.compile(r"[^A-Za-z0-9]")


def announcements(
    root: str, numerics: Numerics, known: set[tuple[str, Measure]]
) -> Iterator[tuple[str, bytes]]:
    """Yield topic and payload, to be retained, of each number of a bed that is not in `known`."""
    for value in numerics.values:
        key = numerics.bed, value.measure
        if key not in known:
            known.add(key)
            yield _topic(root, *key), msgspec.json.encode(_sensor(root, *key))


def _topic(root: str, bed: str, measure: Measure) -> str:
    return f"homeassistant/sensor/{_id(root, bed, measure)}/config"


def _sensor(root: str, bed: str, measure: Measure) -> dict[str, object]:
    chosen = f"value_json.values | selectattr('measure', 'eq', '{measure}')"
    return {
        "name": measure.value,
        "unique_id": _id(root, bed, measure),
        "state_topic": f"{root}/{topics.numerics(bed)}",
        "value_template": f"{{{{ {chosen} | map(attribute='value') | first | default(none) }}}}",
        "unit_of_measurement": measure.form.written,
        "availability_topic": f"{root}/{topics.ONLINE}",
        "expire_after": EXPIRE_S,
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
