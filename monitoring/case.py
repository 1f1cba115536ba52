"""A case from plan to discharge: what was entered, in order, and where it stands by that.

Nothing that was entered is ever taken away. A correction strikes an entry, and what the case adds
up to is computed anew from the entries that stand.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs

from monitoring.limits import Range
from monitoring.steps import ALWAYS, NEXT, WHERE, expected, moves
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import CaseKind, CaseState, Flag

LATE_S = 900.0
"""Entered longer after it happened than this, an entry is flagged and wants a reason."""


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
    flags: tuple[Flag, ...] = ()


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
    """The code that it was planned with."""
    procedures: tuple[str, ...] = ()
    emergency: bool = False
    opened: Instant | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def standing(self) -> tuple[Entry, ...]:
        """Return the entries that no correction has struck, in the order of entry."""
        struck = {e.deed.entry for e in self.entries if isinstance(e.deed, deeds.Correct)}
        return tuple(entry for entry in self.entries if entry.number not in struck)

    @property
    def told(self) -> tuple[Entry, ...]:
        """Return the same in the order in which it happened."""
        return tuple(sorted(self.standing, key=lambda one: (one.at.monotonic, one.number)))


def judged(case: Case, entry: Entry) -> Entry:
    """Return the entry with its flags, or raise WrongMomentError when it cannot be."""
    late = entry.entered.seconds_since(entry.at) > LATE_S
    problem = _problem(case, entry)
    if problem and not isinstance(entry.deed, ALWAYS):
        raise WrongMomentError(problem)
    flags = ([Flag.OUT_OF_ORDER] if problem else []) + ([Flag.LATE] if late else [])
    return structs.replace(entry, flags=tuple(flags))


def with_entry(case: Case, entry: Entry) -> Case:
    """Return the case with an entry added and everything that follows from it computed anew."""
    first = case.planned or case.code
    grown = structs.replace(
        case,
        entries=(*case.entries, entry),
        state=CaseState.PLANNED,
        code=first,
        planned=first,
        started=None,
        ended=None,
    )
    for one in grown.told:
        grown = _applied(grown, one)
    return grown


def state_at(case: Case, at: Instant) -> CaseState:
    """Return where the case stood at a moment, by what is known of it now."""
    state = CaseState.PLANNED
    for entry in case.told:
        if entry.at.monotonic > at.monotonic:
            break
        state = NEXT[case.kind][state].get(type(entry.deed), state)
    return state


def _applied(case: Case, entry: Entry) -> Case:
    """Return the case after an entry; a step that does not follow changes nothing."""
    if not moves(case.kind, entry.deed):
        return structs.replace(case, **_changes(entry))
    state = NEXT[case.kind][case.state].get(type(entry.deed))
    return case if state is None else structs.replace(case, state=state, **_changes(entry))


def _changes(entry: Entry) -> dict[str, Any]:
    """Return the fields of the case that an entry sets."""
    changes: dict[str, Any] = {}
    match entry.deed:
        case deeds.Begin():
            changes = {"started": entry.at, "ended": None, "by": entry.by}
        case deeds.Resume(code=code):
            changes = {"started": entry.at, "ended": None, "code": code}
        case deeds.Finish():
            changes = {"ended": entry.at}
        case deeds.Rebook(code=code, procedures=procedures):
            changes = {"code": code, "procedures": procedures}
        case deeds.Relieve(to=to):
            changes = {"by": to}
        case deeds.Move(bed=bed):
            changes = {"bed": bed}
        case _:
            pass
    return changes


def _problem(case: Case, entry: Entry) -> str:
    """Return why an entry cannot be, with what was expected; empty when it can."""
    deed = entry.deed
    if isinstance(deed, deeds.Correct):
        known = {one.number for one in case.standing}
        return "" if deed.entry in known else f"no entry {deed.entry} to correct"
    state = state_at(case, entry.at)
    if moves(case.kind, deed):
        if _adrift(with_entry(case, entry)) <= _adrift(case):
            return ""
        return f"a case that is {state} cannot {deed.name()}: expected {_listed(case, state)}"
    if state in WHERE.get(type(deed), frozenset()):
        return ""
    return f"a case that is {state} has no {deed.name()}: expected {_listed(case, state)}"


def _adrift(case: Case) -> frozenset[int]:
    """Return the steps that do not follow from what had happened before them."""
    found, state = set(), CaseState.PLANNED
    for entry in case.told:
        after = NEXT[case.kind][state].get(type(entry.deed))
        if after is None and moves(case.kind, entry.deed):
            found.add(entry.number)
        state = after or state
    return frozenset(found)


def _listed(case: Case, state: CaseState) -> str:
    return ", ".join(expected(case.kind, state)) or "nothing more: it is over"
