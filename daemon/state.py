"""What the journal adds up to: the cases and alarms of every bed, and devices that were moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from msgspec import Struct

from monitoring.alarms import Alarm, Key
from monitoring.case import Case
from vitals.vocabulary import CaseState


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
    """By bed: the running anaesthetic, or the last one."""
    alarms: Mapping[str, Mapping[Key, Alarm]] = field(default_factory=dict)
    """By bed: of the running anaesthetic."""
    serials: Mapping[str, int] = field(default_factory=dict)
    """By day (yymmdd): the last serial number given."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """By device: where it was assigned; one that never was stands as configured."""

    def running(self, bed: str) -> Case | None:
        """Return the anaesthetic that runs at a bed."""
        case = self.cases.get(bed)
        return case if case is not None and case.state is CaseState.ANAESTHESIA else None

    def with_case(self, case: Case) -> State:
        """Return the state with a case put in or changed."""
        return replace(self, cases={**self.cases, case.bed: case})

    def with_alarms(self, bed: str, alarms: Mapping[Key, Alarm]) -> State:
        """Return the state with the alarms of a bed replaced."""
        others = {other: kept for other, kept in self.alarms.items() if other != bed}
        return replace(self, alarms={**others, bed: alarms} if alarms else others)

    def with_place(self, device: str, place: Place | None) -> State:
        """Return the state with a device put in a place, or where the configuration says."""
        others = {other: kept for other, kept in self.places.items() if other != device}
        return replace(self, places=others if place is None else {**others, device: place})
