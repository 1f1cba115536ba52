"""docs/report.schema.json: what a report holds as JSON, out of the types that are encoded."""

from __future__ import annotations

import json

import msgspec

from daemon.report.document import Document

PAGE = "report.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def report_page() -> str:
    """Return the JSON Schema of a report."""
    schema = {"$schema": DRAFT, "title": "A report of Vagt", **msgspec.json.schema(Document)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
