"""Everything that the daemon has said, each part kept by what it is about."""

from __future__ import annotations

from daemon.protocol.messages import Outgoing
from tui.catalogue import Catalogue
from tui.daybook import Daybook
from tui.history import History
from tui.mirror import Mirror
from tui.months import Months
from tui.practice import Practice
from vitals.instant import Instant


class Heard:
    """What a dashboard knows: all of it is the daemon's, and comes again after a loss."""

    def __init__(self) -> None:
        self.mirror = Mirror()
        self.daybook = Daybook()
        self.practice = Practice()
        self.months = Months()
        self.catalogue = Catalogue()
        self.history = History()

    def apply(self, message: Outgoing, now: Instant) -> None:
        """Take one message that arrived at `now`."""
        self.mirror.apply(message, now)
        self.daybook.apply(message, now)
        self.practice.apply(message)
        self.months.apply(message, now)
        self.catalogue.apply(message)
        self.history.apply(message)
