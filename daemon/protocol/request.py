"""What every message of a client is."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from vitals.deed import Initials

Name = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]{1,32}\Z")]


class Request(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    """Anything a client sends."""

    id: Name
    """Chosen by the client; the answer carries it."""
    by: Initials
