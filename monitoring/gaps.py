"""Gaps in what a case was watched by: how they are told, and what the telling adds up to.

Only beginnings and ends are kept, never samples, so that the record of a case is small, survives a
restart, and can be held to whatever a late entry makes required.
"""

from __future__ import annotations

from msgspec import Struct, structs

from monitoring.stretch import Stretch
from vitals.instant import Instant
from vitals.vocabulary import GapCause, Modality


class Change(Struct, frozen=True, tag_field="what"):
    """Something that happened to what a case is watched by."""


class Begun(Change, frozen=True, tag="begun"):
    """The case is recorded from now on; nothing is known of what was before."""

    at: Instant


class Opened(Change, frozen=True, tag="opened"):
    """A modality gives nothing since then."""

    modality: Modality
    since: Instant
    cause: GapCause
    at_reading: bool
    """Whether `since` is the last reading; else nothing was recorded before it."""


class Turned(Change, frozen=True, tag="turned"):
    """Another cause was seen while the gap stood open."""

    modality: Modality
    cause: GapCause


class Closed(Change, frozen=True, tag="closed"):
    """The open gap of a modality ends."""

    modality: Modality
    until: Instant
    at_reading: bool
    """Whether `until` is a reading; else nothing was recorded after it."""


Changed = Begun | Opened | Turned | Closed


class Gap(Struct, frozen=True):
    """A stretch in which a modality gave nothing; `until` is None while it lasts."""

    modality: Modality
    since: Instant
    causes: tuple[GapCause, ...]
    """Each once, in the order in which they were seen; the first is what it is called by."""
    from_reading: bool
    until: Instant | None = None
    to_reading: bool = False

    @property
    def cause(self) -> GapCause:
        """Return what it began with."""
        return self.causes[0]

    @property
    def documented(self) -> bool:
        """Tell whether the recorder ran: not monitored, rather than not documented."""
        return self.cause is not GapCause.RECORDER_DOWN

    def stretch(self, end: Instant) -> Stretch:
        """Return its time, up to a moment where it lasts."""
        return Stretch(self.since, end if self.until is None else self.until)


class Record(Struct, frozen=True):
    """What is on record of one case: from when, and every gap in the order in which it opened."""

    since: Instant
    gaps: tuple[Gap, ...] = ()

    def of(self, modality: Modality) -> tuple[Gap, ...]:
        """Return the gaps of one modality, in order of time."""
        found = (gap for gap in self.gaps if gap.modality is modality)
        return tuple(sorted(found, key=lambda gap: gap.since.monotonic))

    def standing(self, modality: Modality) -> Gap | None:
        """Return the gap of a modality that has not closed."""
        return next(
            (gap for gap in self.gaps if gap.modality is modality and gap.until is None), None
        )


def folded(record: Record | None, change: Changed) -> Record | None:
    """Return the record after a change: the same when it happens and when it is read back.

    A second beginning changes nothing, nor does the end of a gap that is not open. Where the
    beginning was lost there is no record; where an end was, the gap ends where the next opens.
    """
    if record is None:
        return Record(change.at) if isinstance(change, Begun) else None
    match change:
        case Opened(modality=modality):
            gap = Gap(modality, change.since, (change.cause,), change.at_reading)
            ended = _closed(record, Closed(modality, change.since, change.at_reading))
            return structs.replace(ended, gaps=(*ended.gaps, gap))
        case Turned():
            return _turned(record, change)
        case Closed():
            return _closed(record, change)
        case _:
            return record


def _turned(record: Record, change: Turned) -> Record:
    gap = record.standing(change.modality)
    if gap is None or change.cause in gap.causes:
        return record
    return _with(record, gap, structs.replace(gap, causes=(*gap.causes, change.cause)))


def _closed(record: Record, change: Closed) -> Record:
    gap = record.standing(change.modality)
    if gap is None:
        return record
    ended = structs.replace(gap, until=change.until, to_reading=change.at_reading)
    return _with(record, gap, ended)


def _with(record: Record, old: Gap, new: Gap) -> Record:
    gaps = tuple(new if gap is old else gap for gap in record.gaps)
    return structs.replace(record, gaps=gaps)
