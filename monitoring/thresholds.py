"""How much of what is required counts as watched: the rows of coverage.toml, times in s."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.detectors import PROVES
from vitals.rows import RowsError, Seconds, Source, Text, converted, parsed, repeated, single
from vitals.vocabulary import Modality

Share = Annotated[float, Meta(gt=0, le=1)]


class Enough(Struct, frozen=True, forbid_unknown_fields=True):
    """Met: as large a share, or so little unwatched in all and no single gap so long."""

    share: Share
    unwatched_s: Seconds
    longest_s: Seconds
    source: Source


class Advice(Struct, frozen=True, forbid_unknown_fields=True):
    """What peers ask is missed below the share, or with one gap longer than this."""

    share: Share
    longest_s: Seconds
    source: Source


class Cuff(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a gap that a cuff on the same limb made counts as watched."""

    within_s: Seconds
    source: Source


class Interval(Struct, frozen=True, forbid_unknown_fields=True):
    """A modality that is asked for as single readings, and for how long one of them holds."""

    modality: Modality
    within_s: Seconds
    source: Source

    def __post_init__(self) -> None:
        """Refuse what no number proves."""
        if self.modality not in PROVES:
            raise ValueError(f"modality: {self.modality} has no readings")


class Late(Struct, frozen=True, forbid_unknown_fields=True):
    """How much later than asked a reading by the clock may come."""

    within_s: Seconds
    source: Source


class Injection(Struct, frozen=True, forbid_unknown_fields=True):
    """For how long after an injection peers would watch on."""

    code: Text
    after_s: Seconds
    source: Source


class Thresholds(Struct, frozen=True):
    """Every row of coverage.toml."""

    valid_from: date
    enough: Enough
    advice: Advice
    cuff: Cuff
    late: Late
    intervals: tuple[Interval, ...]
    injections: tuple[Injection, ...]

    def interval_s(self, modality: Modality) -> float | None:
        """Return for how long a single reading holds; None for what is watched all the time."""
        return next((row.within_s for row in self.intervals if row.modality is modality), None)

    def after_s(self, code: str) -> float:
        """Return for how long peers would watch on after an injection; 0 where nobody says."""
        return next((row.after_s for row in self.injections if row.code == code), 0.0)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    proposal: bool
    approved_by: str
    enough: Enough
    advice: Advice
    cuff: Cuff
    late: Late
    interval: Any = None
    injection: Any = None


def thresholds(text: str, file: str) -> Thresholds:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    intervals, faults = converted(tables, file, "interval", Interval)
    injections, more = converted(tables, file, "injection", Injection)
    errors += faults + more
    errors += repeated([row.modality.value for row in intervals], file, "interval")
    errors += repeated([row.code for row in injections], file, "injection")
    if errors or head is None:
        raise RowsError(errors)
    rows = tuple(intervals), tuple(injections)
    return Thresholds(head.valid_from, head.enough, head.advice, head.cuff, head.late, *rows)
