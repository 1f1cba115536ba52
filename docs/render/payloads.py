"""docs/mqtt.schema.json: what each topic of MQTT carries, out of the types that are encoded."""

from __future__ import annotations

import json

import msgspec

from telemetry.payloads import PAYLOADS

PAGE = "mqtt.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def payloads_page() -> str:
    """Return one JSON Schema with a definition for each payload, and which topic has which."""
    kinds = list(PAYLOADS.values())
    refs, definitions = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    topics = dict(zip(PAYLOADS, refs, strict=True))
    document = {
        "$schema": DRAFT,
        "title": "What Vagt tells by MQTT, by topic below <prefix>/<site>/",
        "type": "object",
        "properties": topics,
        "$defs": definitions,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
