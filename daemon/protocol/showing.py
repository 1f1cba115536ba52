"""What a screen that only shows says of itself, and how somebody comes to speak there."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from daemon.protocol.request import Request


class Shown(Request, frozen=True, tag="shown"):
    """Only show here: from now on this connection is refused what asks for more than to be told.

    Sent again it ends what a login began.
    """


class Login(Request, frozen=True, tag="login"):
    """Let who knows this PIN speak on a connection that only shows, and nobody else there."""

    pin: Annotated[str, Meta(pattern=r"\A[0-9]{4,12}\Z")]

    def __repr__(self) -> str:
        """Name who asks, and no PIN."""
        return f"Login({self.id!r}, {self.by!r})"


Showing = Shown | Login
"""What concerns the connection itself."""
