"""What the dashboard needs of a daemon, however it is reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from daemon.protocol.messages import Outgoing
from daemon.protocol.request import Request


class Source(Protocol):
    """A daemon's messages in, commands out."""

    @property
    def address(self) -> str:
        """Return where the daemon is looked for, for people to read."""
        ...

    @property
    def connected(self) -> bool:
        """Tell whether a command could be sent just now."""
        ...

    async def run(self, receive: Callable[[Outgoing], None]) -> None:
        """Hand over every message for ever; a lost connection is made again."""
        ...

    def send(self, command: Request) -> bool:
        """Send `command`; False when there is no connection."""
        ...
