"""What the journal keeps of checklists, stock, gases and equipment: whatever was said of them."""

from __future__ import annotations

from datetime import date, datetime

from checklists.entry import Entry
from daemon.journal.event import Event
from vitals.acts import Done
from vitals.vocabulary import Flag


class PracticeSaid(Event, frozen=True, tag="act"):
    """Something was said of the practice; nothing takes it away, and a later one may counter it."""

    number: int
    """From 1, in the order of saying."""
    act: Done
    by: str
    at: datetime
    """When it was so, with its time zone; the event itself is of when it was said."""
    day: date
    """The same by the calendar on the wall of the clinic."""
    reason: str = ""
    """Why it was said late."""
    flags: tuple[Flag, ...] = ()

    @property
    def entry(self) -> Entry:
        """Return it as checklists read it."""
        return Entry(self.number, self.at, self.day, self.by, self.act)
