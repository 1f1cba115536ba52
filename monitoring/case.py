"""A case from plan to discharge: what was entered, in order, and where it stands by that.

Nothing that was entered is ever taken away. A correction strikes an entry, and what the case adds
up to is computed anew from the entries that stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, structs

from monitoring.courserules import CourseRules
from monitoring.limits import Range
from monitoring.overridden import Overridden
from monitoring.profiles import Profiles
from monitoring.settings import Setting
from monitoring.steps import ALWAYS, NEXT, WHERE, expected, moves
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import CaseKind, CaseState, Flag


class WrongMomentError(Exception):
    """The case does not allow this now; nothing was changed. The message says what it expected."""


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that somebody said had happened."""

    number: int
    """Its place in the case, from 1."""
    deed: Said
    at: Instant
    """When it happened."""
    entered: Instant
    """When it was said."""
    by: str
    source: str = ""
    """The terminal or program at which it was said."""
    reason: str = ""
    """Why it was entered late."""
    flags: tuple[Flag, ...] = ()
    patient: str = ""
    """The opaque key of who was injected; empty of everything else, and where there is none."""


class Outset(Struct, frozen=True):
    """What was so when a case was opened: what it goes back to where an entry is struck."""

    bed: str
    by: str
    code: str
    procedures: tuple[str, ...]
    site: str | None = None
    """None in what was kept before it was: as it is."""


class Case(Struct, frozen=True, kw_only=True):
    """One patient's course. No age, name or birth date: the band and the two-year rule's answer."""

    number: str
    """Site-date-serial, to be found again from the patient's journal."""
    bed: str
    """Where it is just now."""
    state: CaseState
    code: str
    """The service that it is held to just now; empty in an emergency until one is named."""
    rules: str
    """Hash of the rule rows in force when it was opened."""
    band: str
    two_years: bool | None
    """Whether the second birthday has been; None where the age is not known."""
    limits: dict[Measure, Range]
    limits_approved_by: str
    by: str
    """The anaesthetist."""
    started: Instant | None = None
    """Of the anaesthetic that runs, or ran last."""
    ended: Instant | None = None
    seen: frozenset[Measure] = frozenset()
    kind: CaseKind = CaseKind.ANAESTHETIC
    planned: str = ""
    """The code that it was planned with; in an emergency the first that was named afterwards."""
    procedures: tuple[str, ...] = ()
    site: str = ""
    """Of the procedures, where it was said."""
    emergency: bool = False
    opened: Instant = Instant(0.0, 0.0)
    entries: tuple[Entry, ...] = ()
    held: tuple[str, ...] = ()
    """In spite of what it was started."""
    overridden: tuple[Overridden, ...] = ()
    """In spite of what injections were given, in the order in which they were said."""
    crossed: tuple[int, ...] = ()
    """The minutes of durations that the anaesthetic that runs has reached and been told of."""
    profiles: Profiles = Profiles()
    """What it is held to in the place of `limits`, in recovery and while ventilated."""
    unreached: Instant | None = None
    """When the anaesthetist was seen to be out of reach last."""
    settings: tuple[Setting, ...] = ()
    """Limits that somebody set for it, in the place of those chosen by age."""
    band_reason: str = ""
    """Why somebody chose the band; empty where the age did."""
    outset: Outset | None = None
    """None until something was entered."""

    @property
    def since(self) -> Instant:
        """Return when the anaesthetic that runs or ran last began, or else when it was opened."""
        return self.started or self.opened

    @property
    def standing(self) -> tuple[Entry, ...]:
        """Return the entries that no correction has struck, in the order of entry.

        A correction that was itself corrected strikes nothing.
        """
        struck: set[int] = set()
        for entry in reversed(self.entries):
            if isinstance(entry.deed, deeds.Correct) and entry.number not in struck:
                struck.add(entry.deed.entry)
        return tuple(entry for entry in self.entries if entry.number not in struck)

    @property
    def told(self) -> tuple[Entry, ...]:
        """Return the same in the order in which it happened."""
        return tuple(sorted(self.standing, key=lambda one: (one.at.monotonic, one.number)))


def judged(case: Case, entry: Entry, rules: CourseRules) -> Entry:
    """Return the entry with its flags, or raise WrongMomentError when it cannot be."""
    late = entry.entered.seconds_since(entry.at) > rules.late.after_s
    early = case.opened.seconds_since(entry.at) > rules.before.most_s
    wrong = problem(case, entry)
    if wrong and not isinstance(entry.deed, ALWAYS):
        raise WrongMomentError(wrong)
    flags = ([Flag.OUT_OF_ORDER] if wrong or early else []) + ([Flag.LATE] if late else [])
    return structs.replace(entry, flags=tuple(flags))


def with_entry(case: Case, entry: Entry) -> Case:
    """Return the case with an entry added and everything that follows from it computed anew."""
    outset = case.outset or _outset(case)
    grown = structs.replace(
        case,
        entries=(*case.entries, entry),
        outset=outset,
        state=CaseState.PLANNED,
        started=None,
        ended=None,
        **{name: value for name, value in structs.asdict(outset).items() if value is not None},
    )
    grown = structs.replace(grown, planned=outset.code or _named(grown))
    for one, state in followed(grown):
        grown = structs.replace(grown, state=state, **_changes(one))
    return grown


def _outset(case: Case) -> Outset:
    return Outset(case.bed, case.by, case.planned or case.code, case.procedures, case.site)


def followed(case: Case) -> Iterator[tuple[Entry, CaseState]]:
    """Yield what counts of what was told, each with where the case stood after it.

    In the order in which it happened. A step that does not follow from where the case stood changes
    nothing and is left out.
    """
    state = CaseState.PLANNED
    for entry in case.told:
        after = NEXT[case.kind][state].get(type(entry.deed))
        if after is not None or type(entry.deed) in WHERE:
            state = after or state
            yield entry, state


def state_at(case: Case, at: Instant) -> CaseState:
    """Return where the case stood at a moment, by what is known of it now."""
    state = CaseState.PLANNED
    for entry, after in followed(case):
        if entry.at.monotonic > at.monotonic:
            break
        state = after
    return state


def arrived(case: Case) -> Instant:
    """Return when the patient came to the bed: the last move, or when the case was opened."""
    moved = [one.at for one in case.told if isinstance(one.deed, deeds.Move)]
    return max([case.opened, *moved[-1:]], key=lambda at: at.monotonic)


def _named(case: Case) -> str:
    """Return the first code that was named for a case that was opened without one."""
    codes = (one.deed.code for one in case.told if isinstance(one.deed, deeds.Rebook))
    return next(codes, "")


def _changes(entry: Entry) -> dict[str, Any]:
    """Return the fields of the case that an entry sets."""
    changes: dict[str, Any] = {}
    match entry.deed:
        case deeds.Begin(emergency=True):
            changes = {"started": entry.at, "ended": None, "emergency": True}
        case deeds.Begin():
            changes = {"started": entry.at, "ended": None, "by": entry.by}
        case deeds.Resume(code=code):
            changes = {"started": entry.at, "ended": None, "code": code, "crossed": ()}
        case deeds.Finish():
            changes = {"ended": entry.at}
        case deeds.Rebook(code=code, procedures=procedures, site=site):
            changes = {"code": code, "procedures": procedures, "site": site}
        case deeds.Relieve(to=to):
            changes = {"by": to}
        case deeds.Move(bed=bed):
            changes = {"bed": bed}
        case _:
            pass
    return changes


def problem(case: Case, entry: Entry) -> str:
    """Return why an entry cannot be, with what was expected; empty when it can."""
    deed = entry.deed
    if entry.at.monotonic > entry.entered.monotonic:
        return f"{deed.name()} lies ahead: expected a time that has been"
    if isinstance(deed, deeds.Correct):
        return _unknown(case, deed) or _orphaned(case, entry)
    state = state_at(case, entry.at)
    if moves(case.kind, deed):
        return _unfit(case, entry, state)
    if state in WHERE.get(type(deed), frozenset()):
        return ""
    return f"{deed.name()} is not said where a case is {state}: expected {_listed(case, state)}"


def _unknown(case: Case, deed: deeds.Correct) -> str:
    """Return that there is nothing to correct, with what there is; empty when there is."""
    known = [one.number for one in case.standing]
    if deed.entry in known:
        return ""
    listed = ", ".join(str(number) for number in known) or "none: nothing was entered"
    return f"there is no entry {deed.entry} to correct: expected {listed}"


def _orphaned(case: Case, entry: Entry) -> str:
    """Return which later steps a correction would leave without what they follow from."""
    broken = _adrift(with_entry(case, entry)) - _adrift(case)
    later = [f"{one.number} ({one.deed.name()})" for one in case.told if one.number in broken]
    return (
        f"{', '.join(later)} would hang in the air: expected these corrected first" if later else ""
    )


def _unfit(case: Case, entry: Entry, state: CaseState) -> str:
    """Return why a step cannot stand at its time: for what was before it, or what came after."""
    broken = _adrift(with_entry(case, entry)) - _adrift(case)
    name = entry.deed.name()
    if entry.number in broken:
        return f"{name} does not follow where a case is {state}: expected {_listed(case, state)}"
    later = [f"{one.number} ({one.deed.name()})" for one in case.told if one.number in broken]
    if later:
        return f"{name} cannot stand before {', '.join(later)}: expected these corrected first"
    return ""


def _adrift(case: Case) -> frozenset[int]:
    """Return the steps that do not follow from what had happened before them."""
    counted = {entry.number for entry, _ in followed(case)}
    return frozenset(
        entry.number
        for entry in case.told
        if moves(case.kind, entry.deed) and entry.number not in counted
    )


def _listed(case: Case, state: CaseState) -> str:
    return ", ".join(expected(case.kind, state)) or "nothing more: it is over"
