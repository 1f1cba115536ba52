"""The lists of the days as the daemon last told them: pure, and never the only copy of anything."""

from __future__ import annotations

from datetime import date

from daemon.protocol.daylist import DayList, ListRow
from daemon.protocol.messages import Hello, Outgoing, Snapshot
from vitals.instant import Instant
from vitals.listing import RowState


class Daybook:
    """Who is to come on which day."""

    def __init__(self) -> None:
        self.day: date | None = None
        """Today by the daemon's calendar, when it was `told`."""
        self.told: Instant | None = None
        self._lists: dict[date, DayList] = {}

    def apply(self, message: Outgoing, now: Instant) -> None:
        """Take one message that arrived at `now`."""
        match message:
            case Hello():
                self.day, self.told = None, None
                self._lists.clear()
            case Snapshot():
                self.day, self.told = message.day, now
                self._lists = {one.day: one for one in message.lists}
            case DayList():
                self._lists[message.day] = message
            case _:
                pass

    def rows(self, day: date) -> tuple[ListRow, ...]:
        """Return the patients of a day, the next one first."""
        listed = self._lists.get(day)
        return listed.rows if listed else ()

    def waiting(self, day: date) -> list[ListRow]:
        """Return who waits on a day, the next one first."""
        return [row for row in self.rows(day) if row.state is RowState.WAITING]
