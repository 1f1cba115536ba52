"""The month that the daemon told last, as it was told; nothing of it outlives a connection."""

from __future__ import annotations

from daemon.protocol.export import Exported
from daemon.protocol.messages import Answer, Hello, Outgoing, Result
from daemon.protocol.month import MonthTold
from vitals.instant import Instant


class Months:
    """What was answered when somebody asked for a month."""

    def __init__(self) -> None:
        self.told: MonthTold | None = None
        self.exported: Exported | None = None
        self.refused = ""
        """The id of what was refused last: an older daemon does not know what a month is."""
        self.greeted: Instant | None = None
        """When the daemon said hello: what was asked before is answered no more."""

    def apply(self, message: Outgoing, now: Instant) -> None:
        """Take one message that arrived at `now`."""
        match message:
            case Hello():
                self.told, self.exported = None, None
                self.refused, self.greeted = "", now
            case MonthTold():
                self.told = message
            case Exported():
                self.exported = message
            case Answer(result=Result.REFUSED):
                self.refused = message.id
            case _:
                pass

    def answer(self, request: str) -> MonthTold | None:
        """Return the answer to a request; None while there is none."""
        return self.told if self.told is not None and self.told.id == request else None
