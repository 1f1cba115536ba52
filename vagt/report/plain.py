"""A report as JSON: everything that is told of it; its schema lies in docs/report.schema.json."""

from __future__ import annotations

from typing import Any

import msgspec

from daemon.report.document import Document


def written(document: Document) -> bytes:
    """Return it, the same bytes each time."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def lasting(text: bytes) -> dict[str, Any]:
    """Return a report without what came from the local history, which may be gone by now."""
    whole: dict[str, Any] = msgspec.json.decode(text)
    sheets = whole.get("sheets")
    for sheet in sheets if isinstance(sheets, list) else ():
        for name in _KEPT if isinstance(sheet, dict) else ():
            sheet.pop(name, None)
    return whole


_KEPT = ("history", "curves", "readings")
