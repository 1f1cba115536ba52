"""Whether a place may be worked at on a day: one answer from everything that was found.

The anaesthesiologist answers for equipment that is present on the day, works, is serviced and in
date, and for gas that is enough; the operating clinic for its rooms. Modernisering af
anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3, Patientsikkerhed and Krav til anæstesi.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from msgspec import Struct, structs

from vitals.practice import Readiness, Responsible
from vitals.rows import Label
from vitals.vocabulary import Weight


class What(StrEnum):
    """What a finding is about."""

    ROW = "row"
    """Of a checklist."""
    PACK = "pack"
    SUPPLY = "supply"
    """Of the minimum stock."""
    GAS = "gas"
    DEVICE = "device"
    PERSON = "person"
    """What a person has on paper."""
    PLAN = "plan"


class State(StrEnum):
    """Where what was looked at stands."""

    SOUND = "sound"
    """In order, or said not to apply."""
    ENDING = "ending"
    """In order, and will not be for long."""
    UNCHECKED = "unchecked"
    """Nobody has looked at it when it was to be looked at."""
    MISSING = "missing"
    """Not there, or not on file."""
    SHORT = "short"
    """Less than is asked for."""
    EXPIRED = "expired"
    """Its last day is over: of a date on a label, a service, a course."""
    RECALLED = "recalled"
    """Its maker has called it back, whatever stands on its label."""
    FAILED = "failed"
    """Looked at, and not in order."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was looked at, or was to be, in the form that all parts share."""

    what: What
    id: str
    """Of the row, the pack, the item, the gas, the device or the paper."""
    target: str
    """Which kit, clinic, device, cylinder or person."""
    weight: Literal[Weight.HOLD, Weight.NOTICE]
    state: State
    responsible: Responsible
    label: Label
    source: str
    """Documents and places, `; ` between them."""
    approved: bool = True
    """False: it rests on a proposal that nobody has approved."""
    document: str = ""
    """The documents alone, as they are called; empty: not known apart."""
    since: date | None = None
    """The first day on which it stood so; None: not known."""
    until: date | None = None
    """The last day on which it is in order; None: it has none."""
    ends: datetime | None = None
    """When on that day, where a clock ends it; None: with the day."""
    vital: bool = False
    """It saves a life."""
    about: str = ""
    """What it is about, where several findings are about one thing; empty: its id."""

    @property
    def thing(self) -> str:
        """Return what it is about, by the id that every finding about it has."""
        return self.about or self.id


class Ready(Struct, frozen=True):
    """The answer for one place on one day."""

    state: Readiness
    reasons: tuple[Finding, ...] = ()
    """What keeps it from being ready, worst first, and what is about one thing together; none of a
    place that is unused.

    What holds has the weight of a hold, or nobody has looked at it; all else is a notice.
    """


_TOMORROW = timedelta(days=1)
_RANKS = {
    state: rank
    for rank, state in enumerate(
        (Readiness.READY, Readiness.NOTICES, Readiness.UNCHECKED, Readiness.HELD)
    )
}
"""From best to worst: what is known to be wrong is worse than what nobody has looked at."""
_DATED = {State.SOUND, State.ENDING, State.UNCHECKED}
"""What a last day can make worse; the others are as bad as it is."""
_LATE = date.max
_GRAVITY = {
    State.FAILED: 0,
    State.MISSING: 1,
    State.EXPIRED: 2,
    State.RECALLED: 2,
    State.SHORT: 3,
    State.UNCHECKED: 4,
    State.ENDING: 5,
    State.SOUND: 6,
}
_FATAL = {State.FAILED, State.MISSING, State.EXPIRED, State.RECALLED}
"""States in which what saves a life stands before everything else."""


def readiness(findings: Iterable[Finding], day: date, *, used: bool) -> Ready:
    """Return whether a place is ready on a day, from everything that counts there.

    `used`: somebody works there that day; elsewhere nothing is due. The order of the findings
    and one that is given twice change nothing, and one more never makes the answer better. Where
    nothing at all was to be looked at, nothing was looked at: unchecked.
    """
    if not used:
        return Ready(Readiness.UNUSED)
    given = frozenset(findings)
    if not given:
        return Ready(Readiness.UNCHECKED)
    state = max((effect(one, day) for one in given), key=_RANKS.__getitem__)
    kept = {_told(one, day) for one in given if effect(one, day) is not Readiness.READY}
    return Ready(state, tuple(_ordered(kept)))


def effect(finding: Finding, day: date) -> Readiness:
    """Return what a place would be on a day with this finding alone.

    A last day that is over counts as over whatever else is said; one that is today or tomorrow is
    a notice before it holds.
    """
    state = _state(finding, day)
    if state is State.SOUND:
        return Readiness.READY
    if state is State.ENDING or finding.weight is Weight.NOTICE:
        return Readiness.NOTICES
    return Readiness.UNCHECKED if state is State.UNCHECKED else Readiness.HELD


def _state(finding: Finding, day: date) -> State:
    until = finding.until
    if until is None or finding.state not in _DATED:
        return finding.state
    if until < day:
        return State.EXPIRED
    soon = finding.state is State.SOUND and until - day <= _TOMORROW
    return State.ENDING if soon else finding.state


def _told(finding: Finding, day: date) -> Finding:
    """Return a finding as it is on a day: what only ends soon says so, and holds nothing yet."""
    light = effect(finding, day) is Readiness.NOTICES
    weight = Weight.NOTICE if light else finding.weight
    return structs.replace(finding, weight=weight, state=_state(finding, day))


def _ordered(reasons: Iterable[Finding]) -> list[Finding]:
    """Return reasons worst first; what is about the thing of a worse one stands behind that one.

    No notice comes before what holds, or what nobody has looked at.
    """
    places = {one: _place(one) for one in reasons}
    heads: dict[tuple[Weight, str], tuple[object, ...]] = {}
    for one, place in sorted(places.items(), key=lambda item: item[1]):
        heads.setdefault((one.weight, one.thing), place)
    return sorted(places, key=lambda one: (heads[one.weight, one.thing], places[one]))


def _place(reason: Finding) -> tuple[object, ...]:
    """Return where a reason stands alone: by how bad it is, then what has been so for longest."""
    holds = reason.weight is Weight.HOLD
    fatal = holds and reason.vital and reason.state in _FATAL
    days = (reason.until or _LATE, reason.since or _LATE)
    bad = (not fatal, not holds, _GRAVITY[reason.state], not reason.vital)
    return (*bad, *days, list(What).index(reason.what), reason.id, reason.target, repr(reason))
