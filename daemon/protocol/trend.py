"""What was measured at a bed over a stretch of time: asked for, and answered from the history."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from daemon.protocol.message import Message
from daemon.protocol.request import Name, Request
from daemon.protocol.saying import Moment
from vitals.measure import Agent, Measure
from vitals.reading import Origin
from vitals.vocabulary import Priority

COLUMNS = 400
"""So many parts of a stretch are told at most."""
FARTHEST = 10_000
"""So many steps back are asked for at most."""


class Span(StrEnum):
    """How much of the past is asked for, and what one step back is."""

    HOUR = "hour"
    """Sixty minutes; a step is half of them."""
    CASE = "case"
    """As long as one case stood at the bed; a step is one such case."""
    DAY = "day"
    """What a calendar day has, by whole hours; a step is one day."""


class Trended(Request, frozen=True, tag="trend"):
    """Tell what was measured at a bed: in `span`, or from `since` to `until`."""

    bed: Name
    span: Span = Span.HOUR
    back: Annotated[int, Meta(ge=0, le=FARTHEST)] = 0
    """So many steps before the span that lasts just now."""
    since: Moment | None = None
    """With `until` in the place of `span`."""
    until: Moment | None = None
    columns: Annotated[int, Meta(ge=1, le=COLUMNS)] = 120
    """Into so many equal parts the stretch is cut at most; no part is shorter than ten seconds."""
    measures: Annotated[tuple[Measure, ...], Meta(max_length=len(Measure))] = ()
    """Empty: all of them."""


class Column(Struct, frozen=True, array_like=True):
    """What a measure was in one part of a stretch."""

    low: float | int
    high: float | int
    mean: float | int


class Track(Struct, frozen=True):
    """One measure of one device, part by part."""

    measure: Measure
    device: str
    unit: str
    columns: tuple[Column | None, ...]
    """Null where there was no number."""
    origin: Origin = Origin.MEASURED
    agent: Agent | None = None
    site: str | None = None
    """Which of several values of this measure, as in O2, N2O, air."""
    live: bool = True
    """False: of single moments, a spot check or what a monitor remembers."""


class Mark(Struct, frozen=True):
    """One moment worth finding in a stretch."""

    at: str
    event: str
    """`event.<event>` are its words: `alarm_onset`, `case_started`, `entry_airway`."""
    detail: str = ""
    """Of an entry what was said; of an alarm its name."""
    priority: Priority | None = None
    """Of an alarm, as it began."""


class Trouble(StrEnum):
    """Why there is no answer from the history."""

    UNREADABLE = "unreadable"
    """Its file cannot be read just now."""
    SLOW = "slow"
    """It took too long; another time it may not."""


class Trend(Message, frozen=True, tag="trend"):
    """The answer to `trend`; the newest second may be missing."""

    id: str
    at: str
    """When it was so, by the clock of the daemon."""
    bed: str
    since: str
    until: str
    """The columns cut this stretch into equal parts; what lies after `at` has not been yet."""
    tracks: tuple[Track, ...] = ()
    marks: tuple[Mark, ...] = ()
    """The earliest first."""
    case: str | None = None
    """Of `case`: its number."""
    trouble: Trouble | None = None
