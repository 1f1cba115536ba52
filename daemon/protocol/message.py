"""What every message of the daemon is."""

from __future__ import annotations

from msgspec import Struct


class Message(Struct, frozen=True, tag_field="kind"):
    """Anything the daemon sends."""
