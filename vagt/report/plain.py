"""A report as JSON: everything that is told of it; its schema lies in docs/report.schema.json."""

from __future__ import annotations

import msgspec

from daemon.report.document import Document


def written(document: Document) -> bytes:
    """Return it, the same bytes each time."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
