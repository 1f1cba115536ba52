"""Where a stream to a server stands, as both ends of the daemon's socket name it."""

from __future__ import annotations

from enum import StrEnum


class Link(StrEnum):
    """Where the connection to a server stands."""

    CONNECTING = "connecting"
    UP = "up"
    DOWN = "down"
    """It is tried again by itself."""
    REFUSED = "refused"
    """Somebody has to mend something: the token, the bucket, the rights."""
