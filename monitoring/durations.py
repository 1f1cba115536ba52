"""Durations: which service an anaesthetic of so many seconds fits, in which manner it was given."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.technique import DEVICES, Manner, manners
from vitals.rows import RowsError, Source, Text, converted, parsed, repeated, single
from vitals.vocabulary import Airway, Technique

Code = Annotated[str, Meta(pattern=r"^[0-9]{4}\Z")]
Bound = Annotated[int, Meta(ge=0, le=86400)]
"""Seconds; no band begins or ends after a day."""
Time = float | Fraction
"""Seconds; compared as they are, never rounded: 3600.001 is not 3600."""


class Reason(StrEnum):
    """Why it is this code, or none."""

    WITHIN_BAND = "within_band"
    TITLE_BODY_CONFLICT = "title_body_conflict"
    """The service's title asks for a device in the airway; its text says `eventuelt`."""
    HUMAN_DECIDES = "human_decides"
    """No service's text allows this manner for so long."""
    NO_DURATION = "no_duration"
    """The services for this manner state no duration."""
    AIRWAY_NEEDED = "airway_needed"
    """The code hangs on the airway, and that was not said."""


NAMED = frozenset({Reason.WITHIN_BAND, Reason.TITLE_BODY_CONFLICT})
"""The reasons of a row that has a code."""


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """The service for one manner from `lo` to `hi`, in s; without `hi` there is no end to it.

    Without a code no service fits, and a person decides.
    """

    id: Text
    manner: Manner
    lo: Bound
    lo_incl: bool
    reason: Literal["within_band", "title_body_conflict", "human_decides", "no_duration"]
    source: Source
    code: Code | None = None
    hi: Bound | None = None
    hi_incl: bool = False
    device: bool | None = None
    """With (true) or without (false) a tube or laryngeal mask; absent: the manner says it."""
    decisions: tuple[Text, ...] = ()
    """What the product decides where the texts leave it open; each a proposal."""

    def __post_init__(self) -> None:
        """Refuse a band that ends before it begins, and a reason that does not fit the code."""
        if self.hi is not None and not self.lo < self.hi:
            raise ValueError("lo < hi does not hold")
        if (self.code is None) == (self.reason in NAMED):
            raise ValueError("reason: a row with a code fits it, a row without says why")

    def holds(self, seconds: Time) -> bool:
        """Tell whether the band contains the duration."""
        begun = seconds >= self.lo if self.lo_incl else seconds > self.lo
        if self.hi is None:
            return begun
        return begun and (seconds <= self.hi if self.hi_incl else seconds < self.hi)

    def meets(self, after: Band) -> bool:
        """Tell whether the next band begins exactly where this one ends."""
        return self.hi == after.lo and self.hi_incl is not after.lo_incl


class Answer(Struct, frozen=True):
    """The code for a duration, or None and why."""

    code: str | None
    reason: Reason
    source: str
    """Documents and places, `; ` between them."""
    decisions: tuple[str, ...]
    """What of it the product decided; none where the documents say it all."""


class Durations(Struct, frozen=True):
    """Every band of a rule file."""

    valid_from: datetime.date
    approved_by: str
    bands: tuple[Band, ...]

    @property
    def crossings(self) -> tuple[int, ...]:
        """Return every elapsed time, in s, at which some manner's code may change; sorted."""
        return tuple(sorted({band.hi for band in self.bands if band.hi is not None}))

    def code(self, seconds: Time, technique: Technique, airway: Airway | None = None) -> Answer:
        """Return the service that the duration fits; None where the airway would have to be known.

        Raise TechniqueError for facts that exclude each other. Sedation counts as without a device
        unless one is named.
        """
        open_to = manners(technique, airway)
        fitting = [
            band
            for band in self.bands
            if band.manner in open_to
            and band.device in (None, airway in DEVICES)
            and band.holds(seconds)
        ]
        if len({band.code for band in fitting}) > 1:
            return Answer(None, Reason.AIRWAY_NEEDED, _sources(fitting), ())
        reason = min((Reason(band.reason) for band in fitting), key=list(Reason).index)
        decisions = dict.fromkeys(decision for band in fitting for decision in band.decisions)
        return Answer(fitting[0].code, reason, _sources(fitting), tuple(decisions))

    def level(self, seconds: Time) -> str:
        """Return the lowest code that fits the duration in any manner; it never falls with time.

        A start that lies ahead, as after a clock was set, counts as now.
        """
        begun = max(seconds, 0)
        return min(band.code for band in self.bands if band.code and band.holds(begun))

    def level_source(self, seconds: Time) -> str:
        """Return what the level at a duration rests on."""
        code, begun = self.level(seconds), max(seconds, 0)
        return _sources(band for band in self.bands if band.code == code and band.holds(begun))


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: datetime.date
    approved_by: str
    band: Any = None


def durations(text: str, file: str) -> Durations:
    """Return the bands of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    bands, faults = converted(tables, file, "band", Band)
    errors += faults + repeated([band.id for band in bands], file, "band")
    errors += [] if faults else _uncovered(bands, file)
    if errors or head is None:
        raise RowsError(errors)
    return Durations(head.valid_from, head.approved_by, tuple(bands))


def _uncovered(bands: Sequence[Band], file: str) -> list[str]:
    """Return an error line for each manner whose bands leave a gap, overlap, fall or never end."""
    ways = {(manner, device) for manner in Manner for device in _told(manner, bands)}
    rows = {
        (manner, device): [b for b in bands if b.manner is manner and b.device in (None, device)]
        for manner, device in sorted(ways, key=str)
    }
    errors = [
        f"{file}: [[band]] {manner}{_WITH[device]}: from 0 s without end, each band where the last"
        " ended, no code after a higher one: mend the bounds"
        for (manner, device), found in rows.items()
        if not _covers(found)
    ]
    if not any(found and all(band.code for band in found) for found in rows.values()):
        errors.append(f"{file}: [[band]]: no manner has a code at every duration: add one")
    return errors


def _told(manner: Manner, bands: Sequence[Band]) -> Iterable[bool | None]:
    """Return whether a manner's rows tell a device in the airway apart; then both must be there."""
    apart = any(band.manner is manner and band.device is not None for band in bands)
    return (False, True) if apart else (None,)


_WITH = {None: "", True: " with a device", False: " without a device"}


def _covers(bands: Sequence[Band]) -> bool:
    if not bands or (bands[0].lo, bands[0].lo_incl, bands[-1].hi) != (0, True, None):
        return False
    last = "9999"
    return all(
        one.meets(after) and (one.code or last) <= (after.code or last)
        for one, after in pairwise(bands)
    )


def _sources(bands: Iterable[Band]) -> str:
    return "; ".join(dict.fromkeys(str(band.source) for band in bands))
