"""The whole state as the journal keeps it, so that a start need not read all that was before."""

from __future__ import annotations

from msgspec import field

from checklists.entry import Entry
from daemon.journal.event import Event
from daemon.state import Given, Kept, Place
from monitoring.calls import Call
from monitoring.case import Case
from monitoring.daylist import DayList
from monitoring.gaps import Record
from monitoring.pause import Pause


class Checkpoint(Event, frozen=True, tag="checkpoint"):
    """The whole state after all events before it: replay begins at the last one."""

    head: str
    """Hash of the event before it."""
    cases: tuple[Case, ...]
    alarms: tuple[Kept, ...]
    serials: dict[str, int]
    places: dict[str, Place] = field(default_factory=dict)
    """Absent in a journal of a version that could not move devices."""
    records: dict[str, Record] = field(default_factory=dict)
    """By case number: the gaps in what it was watched by."""
    lists: tuple[DayList, ...] = ()
    given: dict[str, tuple[Given, ...]] = field(default_factory=dict)
    """By case number: what patients with a key were given."""
    closed: tuple[Case, ...] = ()
    """Those that are over and another has taken their bed."""
    pauses: dict[str, Pause] = field(default_factory=dict)
    """By bed: of its sound."""
    calls: dict[str, Call] = field(default_factory=dict)
    """By case number, or by bed where no case ever was: those that nobody has answered."""
    practice: tuple[Entry, ...] = ()
    """What was said of the practice, as far as anything still rests on it."""
