"""What the journal keeps of the lists of the days."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from daemon.journal.event import Event
from monitoring.planned import Planned
from vitals.vocabulary import Cancellation


class RowsAdded(Event, frozen=True, tag="rows_added"):
    """Patients were put at the end of the list of a day, all at once."""

    day: date
    plans: tuple[Planned, ...]
    by: str
    today: date
    """By the calendar of the machine when it was said."""


class RowPlaced(Event, frozen=True, tag="row_placed"):
    """A row of a list was put before another; at the end where none is named."""

    day: date
    row: int
    before: int | None
    by: str


class Taken(Struct, frozen=True):
    """The row that a case was opened from; what becomes of the row is what becomes of the case."""

    day: date
    row: int
    plan: Planned
    """As it was then: with the age as it was said anew, where it was."""


class RowTaken(Event, frozen=True, tag="row_taken"):
    """A case was opened from a row: as it was kept while that was an event of its own."""

    day: date
    row: int
    case: str
    plan: Planned
    """As it was then: with the age as it was said anew, where it was."""
    by: str


class RowEnded(Event, frozen=True, tag="row_ended"):
    """A row was done without being taken, or was cancelled for a reason."""

    day: date
    row: int
    by: str
    why: Cancellation | None = None
    """None: done."""


class RowMoved(Event, frozen=True, tag="row_moved"):
    """A row ended on its day, and stands at the end of another day's list."""

    day: date
    row: int
    to: date
    plan: Planned
    by: str


Listed = RowsAdded | RowPlaced | RowTaken | RowEnded | RowMoved
