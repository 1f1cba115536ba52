"""What may be planned, as the daemon told it when the dashboard connected: pure."""

from __future__ import annotations

from daemon.protocol.message import Message
from daemon.protocol.messages import Hello
from daemon.protocol.procedures import Planable, Procedures


class Catalogue:
    """Procedures and services to look up; none before the daemon has told any."""

    def __init__(self) -> None:
        self.told: Procedures | None = None

    def apply(self, message: Message) -> None:
        """Take one message."""
        match message:
            case Hello():
                self.told = None
            case Procedures():
                self.told = message
            case _:
                pass

    def service(self, code: str) -> Planable | None:
        """Return a service by its code; None where no such one may be planned."""
        services = self.told.services if self.told else ()
        return next((one for one in services if one.code == code), None)
