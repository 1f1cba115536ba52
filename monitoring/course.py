"""What the entries of a case add up to: the facts at a moment, and the spans that were watched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from msgspec import Struct, structs

from monitoring.age import age
from monitoring.case import Case, followed
from monitoring.facts import Facts
from monitoring.technique import DEVICES
from vitals import deeds
from vitals.deed import Deed
from vitals.instant import Instant
from vitals.vocabulary import Airway, CaseState, Phase, Technique, Ventilation


class Span(Struct, frozen=True):
    """One anaesthetic or one recovery of a case; `end` is None while it lasts."""

    phase: Phase
    code: str
    """The service that it is held to: its own after a re-anaesthesia."""
    begin: Instant
    end: Instant | None

    @property
    def running(self) -> bool:
        """Tell whether it lasts."""
        return self.end is None


_PHASES = {
    CaseState.ANAESTHESIA: Phase.DURING,
    CaseState.RECOVERY: Phase.RECOVERY,
    CaseState.LATE_RECOVERY: Phase.RECOVERY,
}


def phase(state: CaseState) -> Phase | None:
    """Return the phase in which a case of this state is watched; None in between."""
    return _PHASES.get(state)


def spans(case: Case) -> tuple[Span, ...]:
    """Return the spans of a case in their order; early and late recovery are one."""
    return tuple(_spans(case))


def _spans(case: Case) -> Iterator[Span]:
    code, now, begin = case.planned or case.code, None, None
    for entry, state in followed(case):
        if begin is not None and now is not None and phase(state) is not now:
            yield Span(now, code, begin, entry.at)
            now, begin = None, None
        code = _code(entry.deed, code)
        if now is None and (now := phase(state)) is not None:
            begin = entry.at
    if begin is not None and now is not None:
        yield Span(now, code, begin, None)


def _code(deed: deeds.Said, before: str) -> str:
    return deed.code if isinstance(deed, deeds.Rebook | deeds.Resume) else before


def facts(case: Case, at: Instant) -> Facts:
    """Return what was known of the case at a moment, by everything entered since.

    Who breathes is taken as said, else by themselves until a relaxant was given. A mask anaesthetic
    with a device in the airway is one with a device for as long as that is in place.
    """
    said, later = _Said(), []
    for entry, _ in followed(case):
        if entry.at.monotonic > at.monotonic:
            later.append(entry.deed)
        else:
            said = said.after(entry.deed, entry.at)
    technique = said.technique
    if technique is Technique.MASK_GA and said.airway in DEVICES:
        technique = Technique.GA
    return Facts(
        technique=technique,
        airway=said.airway,
        ventilation=said.ventilation or said.breathing,
        contact=said.contact,
        age=None if case.two_years is None else age("2y" if case.two_years else "23m"),
        elapsed_s=None if said.started is None else max(0.0, at.seconds_since(said.started)),
        relaxant=said.relaxant,
        bp_lowering=_combined(said, later),
    )


def _combined(said: _Said, later: Iterable[deeds.Said]) -> bool | None:
    """Return whether an analgesic that lowers blood pressure was combined.

    After a re-anaesthesia what was said of the first goes on, unless somebody says no of the next.
    """
    if not said.inherited:
        return said.bp_lowering
    same = takewhile(lambda deed: not isinstance(deed, deeds.Resume), later)
    told = (one.bp_lowering for one in same if isinstance(one, deeds.Combine | deeds.HandOver))
    return False if next(told, None) is False else said.bp_lowering


class _Said(Struct, frozen=True):
    """What has been said so far."""

    technique: Technique | None = None
    airway: Airway | None = None
    ventilation: Ventilation | None = None
    contact: bool | None = None
    relaxant: bool | None = None
    bp_lowering: bool | None = None
    inherited: bool = False
    """Of the combination: said of an anaesthetic before this one."""
    started: Instant | None = None

    @property
    def breathing(self) -> Ventilation | None:
        if self.relaxant:
            return Ventilation.CONTROLLED
        return None if self.airway is None else Ventilation.SPONTANEOUS

    def after(self, deed: deeds.Said, at: Instant) -> _Said:
        """Return what has been said once a deed was."""
        match deed:
            case deeds.Begin():
                return structs.replace(self, started=at)
            case deeds.Resume():
                return _Said(bp_lowering=self.bp_lowering, inherited=True, started=at)
            case deeds.Relax():
                return structs.replace(self, relaxant=True)
            case deeds.Recover(device_in_place=False, clear=True):
                return structs.replace(self, airway=Airway.NONE)
            case _:
                return structs.replace(self, **_said(deed))


def _said(deed: deeds.Said) -> dict[str, Any]:
    """Return the facts that a deed says; most say none."""
    if isinstance(deed, deeds.Combine | deeds.HandOver):
        return {"bp_lowering": deed.bp_lowering, "inherited": False}
    name = _NAMED.get(type(deed), "")
    return {name: getattr(deed, name)} if name else {}


_NAMED: dict[type[Deed], str] = {
    deeds.SetAirway: "airway",
    deeds.Ventilate: "ventilation",
    deeds.Sleep: "technique",
    deeds.Contact: "contact",
}
"""Deeds that say one fact, and the name that it has in both places."""
