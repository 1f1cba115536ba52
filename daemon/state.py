"""What the journal adds up to: the cases and alarms of every bed, and devices that were moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Protocol

from msgspec import Struct

from checklists.entry import Entry
from daemon.retention import kept
from monitoring.alarms import Alarm, Key
from monitoring.calls import Call
from monitoring.case import Case
from monitoring.daylist import DayList
from monitoring.gaps import Changed, Record, folded
from monitoring.pause import Pause
from monitoring.steps import ATTENDED
from monitoring.treatments import Treatment
from vitals.instant import Instant

REMEMBERED = timedelta(days=731)
"""Series of three, six months apart at the most, lie within it."""
REMEMBERED_CASES = 1_000
"""So many are kept whatever their days: a clock that ran ahead makes nobody forget."""


class Kept(Struct, frozen=True):
    """One alarm with its place, as a checkpoint keeps it."""

    bed: str
    key: Key
    alarm: Alarm


class Place(Struct, frozen=True):
    """Where a person put a device, and what the configuration said of it then."""

    bed: str
    port: str
    configured_bed: str
    configured_port: str


class Given(Struct, frozen=True):
    """One injection of a patient who is known by a key."""

    at: Instant
    treatment: Treatment


@dataclass(frozen=True, slots=True)
class State:
    """Everything that survives a restart."""

    cases: Mapping[str, Case] = field(default_factory=dict)
    """By number, in the order of opening: every open one, and the last of each bed."""
    alarms: Mapping[str, Mapping[Key, Alarm]] = field(default_factory=dict)
    """By bed: of the case that is watched there."""
    serials: Mapping[str, int] = field(default_factory=dict)
    """By day (yymmdd): the last serial number given."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """By device: where it was assigned; one that never was stands as configured."""

    records: Mapping[str, Record] = field(default_factory=dict)
    """By case number: the gaps in what it was watched by."""
    lists: Mapping[date, DayList] = field(default_factory=dict)
    """By day, the earliest first."""
    given: Mapping[str, tuple[Given, ...]] = field(default_factory=dict)
    """By case number, in the order of their first: what patients with a key were given."""
    pauses: Mapping[str, Pause] = field(default_factory=dict)
    """By bed: of its sound; one that is over may still stand."""
    calls: Mapping[str, Call] = field(default_factory=dict)
    """By case number, or by bed where no case ever was: those that nobody has answered."""
    closed: Mapping[str, Case] = field(default_factory=dict)
    """By number, in the order in which another took their bed: of those that are over."""
    practice: tuple[Entry, ...] = ()
    """What was said of the practice, by number, as far as anything still rests on it."""

    def case(self, number: str) -> Case | None:
        """Return a case that is at hand, whether another has taken its bed or not."""
        return self.cases.get(number) or self.closed.get(number)

    def known(self, number: str) -> Case:
        """Return a case that is at hand for sure."""
        return self.cases[number] if number in self.cases else self.closed[number]

    def at(self, bed: str) -> Case | None:
        """Return the open case of a bed, or else the last one that was there."""
        there = [case for case in self.cases.values() if case.bed == bed]
        found = [case for case in there if not case.state.over] or there
        return found[-1] if found else None

    def open(self, bed: str) -> Case | None:
        """Return the case of a bed that is not over."""
        case = self.at(bed)
        return None if case is None or case.state.over else case

    def watched(self, bed: str) -> Case | None:
        """Return the case of a bed whose patient is watched just now."""
        case = self.open(bed)
        return case if case is not None and case.state in ATTENDED else None

    def beds(self) -> tuple[str, ...]:
        """Return the beds whose patients are watched just now, in one fixed order."""
        return tuple(sorted({c.bed for c in self.cases.values() if c.state in ATTENDED}))

    def with_case(self, case: Case) -> State:
        """Return the state with a case put in or changed; those over that it replaces are closed.

        What is said of a case that is over does not bring it back to a bed that another has.
        """
        number, there = case.number, self.open(case.bed)
        taken = there is not None and there.number != number
        if case.state.over and (number in self.closed or taken):
            cases = {other: one for other, one in self.cases.items() if other != number}
            return self._tidied(cases, {**self.closed, number: case})
        gone = {
            other: one
            for other, one in self.cases.items()
            if one.bed == case.bed and one.state.over and other != number
        }
        cases = {other: one for other, one in self.cases.items() if other not in gone}
        closed = {other: one for other, one in self.closed.items() if other != number}
        return self._tidied({**cases, number: case}, {**closed, **gone})

    def _tidied(self, cases: Mapping[str, Case], closed: Mapping[str, Case]) -> State:
        """Return the state with these cases, without those that have been over for long."""
        same = closed.keys() == self.closed.keys() and cases.keys() == self.cases.keys()
        return replace(self, cases=cases, closed=closed if same else kept(closed, cases))

    def with_record(self, number: str, change: Changed) -> State:
        """Return the state with a change of what a case is watched by; of cases at hand alone."""
        record = folded(self.records.get(number), change)
        kept = {other: found for other, found in self.records.items() if self.case(other)}
        return replace(self, records=kept if record is None else {**kept, number: record})

    def with_given(self, number: str, given: tuple[Given, ...]) -> State:
        """Return the state with the injections of a case put in, changed or taken out."""
        if given == self.given.get(number, ()):
            return self
        others = {other: found for other, found in self.given.items() if other != number}
        return replace(self, given=_remembered({**others, number: given}) if given else others)

    def with_alarms(self, bed: str, alarms: Mapping[Key, Alarm]) -> State:
        """Return the state with the alarms of a bed replaced."""
        others = {other: kept for other, kept in self.alarms.items() if other != bed}
        return replace(self, alarms={**others, bed: alarms} if alarms else others)

    def with_move(self, source: str, bed: str, at: Instant) -> State:
        """Return the state with the alarms of a bed gone to another, with their patient.

        No pause is there that was asked for before: theirs is over, and so is that of the bed.
        """
        alarms, paused = self.alarms.get(source, {}), source if source in self.pauses else bed
        moved = self.with_alarms(source, {}).with_alarms(bed, alarms)
        return moved.with_pause_over(paused, bed, at)

    def with_place(self, device: str, place: Place | None) -> State:
        """Return the state with a device put in a place, or where the configuration says."""
        others = {other: kept for other, kept in self.places.items() if other != device}
        return replace(self, places=others if place is None else {**others, device: place})

    def with_pause(self, bed: str, pause: Pause) -> State:
        """Return the state with the sound of a bed paused, or on again where it is over."""
        others = {other: kept for other, kept in self.pauses.items() if other != bed}
        return replace(self, pauses={**others, bed: pause})

    def with_pause_over(self, source: str, bed: str, at: Instant) -> State:
        """Return the state with the sound of a bed on, after the pause of one, if it ever had."""
        pause = self.pauses.get(source)
        return self if pause is None else self.with_pause(bed, pause.over(at))

    def with_call(self, key: str, call: Call | None) -> State:
        """Return the state with the call of a case or of a bed open, or without one."""
        others = {other: kept for other, kept in self.calls.items() if other != key}
        return replace(self, calls=others if call is None else {**others, key: call})

    def with_said(self, entry: Entry) -> State:
        """Return the state with one more thing said of the practice."""
        return replace(self, practice=(*self.practice, entry))

    @property
    def said(self) -> int:
        """Return the number of the last thing that was said of the practice; 0: nothing ever was.

        It is never forgotten, whatever else is.
        """
        return self.practice[-1].number if self.practice else 0

    def list(self, day: date) -> DayList:
        """Return the list of a day; an empty one where nothing was ever put on it."""
        return self.lists.get(day, DayList(day))

    def with_list(self, listed: DayList) -> State:
        """Return the state with the list of a day put in or changed."""
        return self.with_lists({**self.lists, listed.day: listed}.values())

    def with_lists(self, lists: Iterable[DayList]) -> State:
        """Return the state with these lists and no others."""
        return replace(self, lists={one.day: one for one in sorted(lists, key=_day)})


class Holder(Protocol):
    """Whoever has a state, as it is just now."""

    @property
    def state(self) -> State:
        """Return it."""
        ...


def _remembered(given: Mapping[str, tuple[Given, ...]]) -> Mapping[str, tuple[Given, ...]]:
    """Return what is still of use: what is recent, and what was kept last."""
    if len(given) <= REMEMBERED_CASES:
        return given
    days = {number: max(one.treatment.day for one in found) for number, found in given.items()}
    first, last = max(days.values()) - REMEMBERED, set([*given][-REMEMBERED_CASES:])
    return {n: found for n, found in given.items() if n in last or days[n] >= first}


def _day(listed: DayList) -> date:
    return listed.day
