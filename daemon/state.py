"""What the journal adds up to: the cases and alarms of every bed, and devices that were moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from msgspec import Struct

from monitoring.alarms import Alarm, Key
from monitoring.case import Case
from monitoring.steps import WATCHED


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
        return case if case is not None and case.state in WATCHED else None

    def beds(self) -> tuple[str, ...]:
        """Return the beds whose patients are watched just now, in one fixed order."""
        return tuple(sorted({c.bed for c in self.cases.values() if c.state in WATCHED}))

    def with_case(self, case: Case) -> State:
        """Return the state with a case put in or changed, and with those over that it replaces."""
        others = {
            number: other
            for number, other in self.cases.items()
            if other.bed != case.bed or not other.state.over or number == case.number
        }
        return replace(self, cases={**others, case.number: case})

    def with_alarms(self, bed: str, alarms: Mapping[Key, Alarm]) -> State:
        """Return the state with the alarms of a bed replaced."""
        others = {other: kept for other, kept in self.alarms.items() if other != bed}
        return replace(self, alarms={**others, bed: alarms} if alarms else others)

    def with_move(self, source: str, bed: str) -> State:
        """Return the state with the alarms of a bed gone to another, with their patient."""
        alarms = self.alarms.get(source, {})
        return self.with_alarms(source, {}).with_alarms(bed, alarms)

    def with_place(self, device: str, place: Place | None) -> State:
        """Return the state with a device put in a place, or where the configuration says."""
        others = {other: kept for other, kept in self.places.items() if other != device}
        return replace(self, places=others if place is None else {**others, device: place})
