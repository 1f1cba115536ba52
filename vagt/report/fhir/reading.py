"""A bundle that was filed, read again: its stamp, and what of it rests on the journal."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import msgspec
from msgspec import Struct, field

from daemon.report.stamp import Stamp
from vagt.report.fhir.marks import KEPT
from vagt.report.fhir.naming import STAMP


def stamp(text: bytes) -> Stamp:
    """Return the stamp of a bundle; KeyError, ValueError or MsgspecError where it has none."""
    for entry in msgspec.json.decode(text, type=_Bundle).entry:
        for content in entry.resource.content:
            if content.attachment.title == STAMP:
                return msgspec.json.decode(b64decode(content.attachment.data), type=Stamp)
    raise KeyError(STAMP)


def lasting(text: bytes) -> dict[str, Any]:
    """Return a bundle without what came from the local history, which may be gone by now."""
    whole: dict[str, Any] = msgspec.json.decode(text)
    entries = [one for one in whole["entry"] if one["resource"].get("meta") not in KEPT]
    whole.pop("meta", None)  # how much of the history there was
    return whole | {"entry": entries}


class _Attachment(Struct):
    title: str = ""
    data: str = ""


class _Content(Struct):
    attachment: _Attachment = field(default_factory=_Attachment)


class _Resource(Struct):
    content: list[_Content] = field(default_factory=list)


class _Entry(Struct):
    resource: _Resource


class _Bundle(Struct):
    """As much of one as holds the stamp."""

    entry: list[_Entry]
