"""The list of a day: what clients see of it, and what they may ask of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from daemon.protocol.message import Message
from daemon.protocol.request import Name, Request
from vitals.deed import Remark
from vitals.listing import RowState, Slip
from vitals.vocabulary import Cancellation, CaseKind, Side

Number = Annotated[int, Meta(ge=1, le=10_000)]
"""Of a row."""
Codes = Annotated[tuple[Name, ...], Meta(min_length=1, max_length=9)]
Lines = Annotated[str, Meta(min_length=1, max_length=20_000)]


class Phrase(Struct, frozen=True):
    """One line in the three languages."""

    en: str
    da: str
    nb: str


class RowHold(Struct, frozen=True):
    """What holds a plan already on the list; it keeps nobody from anything there."""

    rule: str
    source: str
    approved: bool
    """False: rests on a proposal that nobody has approved."""
    label: Phrase


class ListRow(Struct, frozen=True):
    """One patient of a list: no name, and of the age the band and the two-year answer."""

    number: int
    """By which it is called; it stays the same wherever the row stands."""
    state: RowState
    """`row.<state>` are its words."""
    code: str
    case_kind: CaseKind
    procedures: tuple[str, ...]
    site: str
    side: Side | None
    band: str
    two_years: bool
    aged_on: date
    """The day on which the age was said: band and answer are of that day."""
    note: str
    holds: tuple[RowHold, ...]
    by: str
    case: str | None = None
    """The case that was opened from it."""
    why: Cancellation | None = None
    """`cancellation.<why>` are its words."""
    moved_to: date | None = None


class DayList(Message, frozen=True, tag="day_list"):
    """The whole list of a day, the next patient first; replaces what was told of that day."""

    day: date
    rows: tuple[ListRow, ...]


class BadLine(Struct, frozen=True):
    """A line of what was typed or pasted that cannot become a row."""

    line: int
    """From 1; 1 for a row that was typed by itself."""
    slip: Slip
    """`slip.<slip>` are its words."""
    detail: str
    """What is wrong and how to mend it, in English; never the note."""


class ListRequest(Request, frozen=True):
    """What changes the list of a day; of today, by the daemon's calendar, where none is named."""

    day: date | None = None


class AddRow(ListRequest, frozen=True, kw_only=True, tag="list_add"):
    """Put one patient at the end: procedures (`3005`, `ent:3022`), or an anaesthesia code."""

    codes: Codes
    age: Name
    """On that day, as `4y`, `8m` or `20d`; only the band and the two-year answer are kept."""
    side: Side | None = None
    site: Remark = ""
    """Of the procedures, where they alone do not decide."""
    note: Remark = ""
    """At most 20 characters, and no name."""


class PasteRows(ListRequest, frozen=True, kw_only=True, tag="list_paste"):
    """Put patients at the end, one a line as `3005 4y h note`: all of them, or none."""

    text: Lines


class PlaceRow(ListRequest, frozen=True, kw_only=True, tag="list_place"):
    """Put a row that waits before another, or at the end."""

    row: Number
    before: Number | None = None


class TakeRow(ListRequest, frozen=True, kw_only=True, tag="list_take"):
    """Open a planned case at a bed from the next row that waits, or from the one named."""

    bed: Name
    row: Number | None = None
    age: Name | None = None
    """Said anew, as where a birthday has been since."""


class DoneRow(ListRequest, frozen=True, kw_only=True, tag="list_done"):
    """Say that a row was done without being taken, as in an emergency."""

    row: Number


class CancelRow(ListRequest, frozen=True, kw_only=True, tag="list_cancel"):
    """Cancel a row that waits."""

    row: Number
    why: Cancellation


class MoveRow(ListRequest, frozen=True, kw_only=True, tag="list_move"):
    """Move a row that waits to the end of another day's list."""

    row: Number
    to: date
    age: Name | None = None
    """As it will be on that day, where it is known."""


ListOrder = AddRow | PasteRows | PlaceRow | TakeRow | DoneRow | CancelRow | MoveRow
