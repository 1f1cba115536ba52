"""Where a sink stands: its life writes it, whoever shows it reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Link(StrEnum):
    """Where the connection to a server stands."""

    OFF = "off"
    """None is configured."""
    CONNECTING = "connecting"
    UP = "up"
    DOWN = "down"
    """It is tried again by itself."""
    REFUSED = "refused"
    """Somebody has to mend something: the token, the bucket, the rights."""


@dataclass(slots=True)
class Standing:
    """One sink, as it stands just now."""

    link: Link = Link.CONNECTING
    error: str = ""
    """What was wrong last, in one line; empty when all is well."""
    sent: int = 0
    """Rows acknowledged since the start."""
    dead: int = 0
    """Rows that the server will never take, since the start."""
