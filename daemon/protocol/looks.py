"""What bytes look like that are not valid for their device's protocol."""

from __future__ import annotations

from msgspec import Struct

from daemon.protocol.message import Message


class Likeness(Struct, frozen=True):
    """What the bytes of one device look like."""

    device: str
    bytes: int
    """So many were looked at."""
    protocols: tuple[str, ...]
    """Best first; none where they look like nothing that is known."""


class Looks(Message, frozen=True, tag="looks"):
    """The answer to `look`: every device whose bytes are not valid for its protocol."""

    id: str
    devices: tuple[Likeness, ...]
