"""Follows what every open case is watched by, and keeps each gap in the journal as it is told."""

from __future__ import annotations

from dataclasses import replace

from daemon.journal.events import CoverageChanged, RecorderAlive
from daemon.library import Library
from daemon.picture import Picture
from daemon.ward import Ward
from monitoring.case import Case
from monitoring.gaps import Changed
from monitoring.view import DeviceView
from monitoring.watch import Watch, begun, moved, resumed, watched
from vitals.instant import Instant
from vitals.vocabulary import Modality

ALIVE_S = 30.0
"""After a power cut so much at most is not documented that was watched."""


class Following:
    """Holds one watch a case; what a restart forgets is in the record."""

    def __init__(
        self, picture: Picture, ward: Ward, library: Library, same_limb: frozenset[str]
    ) -> None:
        self._picture = picture
        self._ward = ward
        self._rules = library.coverage
        self._same_limb = same_limb
        """The beds where probe and cuff sit on one limb."""
        self._watches: dict[str, Watch] = {}
        self._beds: dict[str, str] = {}
        self._before = frozenset(ward.state.cases)
        self._alive: Instant | None = None

    def follow(self, case: Case, now: Instant) -> tuple[DeviceView, ...]:
        """Record what has changed at a case's bed since the last look; return what is seen there.

        Nothing is seen of a case that is over.
        """
        if case.state.over:
            self._watches.pop(case.number, None)
            self._beds.pop(case.number, None)
            return ()
        watch, changes = self._watch(case, now)
        if self._beds.get(case.number, case.bed) != case.bed:
            watch = moved(watch, now)
        self._beds[case.number] = case.bed
        devices = self._picture.views(case.bed, now)
        watch, more = watched(
            watch, devices, now, self._rules, same_limb=case.bed in self._same_limb
        )
        self._watches[case.number] = watch
        for change in (*changes, *more):
            self._ward.record(CoverageChanged(case.number, case.bed, change), now)
        return _theirs(devices, watch.arrived, now)

    def seen(self, case: Case, now: Instant) -> tuple[DeviceView, ...]:
        """Return what is seen at a case's bed, without what was read before its patient came."""
        devices = self._picture.views(case.bed, now)
        watch = self._watches.get(case.number)
        return devices if watch is None else _theirs(devices, watch.arrived, now)

    def arrived(self, case: Case) -> Instant:
        """Return since when what is read at a case's bed is read of its patient."""
        watch = self._watches.get(case.number)
        return case.since if watch is None else watch.arrived

    def came(self, case: Case) -> Instant | None:
        """Return when a case's patient came from another bed; None where it began at this one."""
        watch = self._watches.get(case.number)
        return None if watch is None else watch.came

    def last(self, case: Case, modality: Modality) -> Instant | None:
        """Return when a modality last gave a number of a case's patient."""
        watch = self._watches.get(case.number)
        return None if watch is None else watch.threads[modality].last

    def same_limb(self, bed: str) -> bool:
        """Tell whether probe and cuff of a bed sit on one limb."""
        return bed in self._same_limb

    def live(self, now: Instant) -> None:
        """Record now and then that the recorder runs, while somebody is watched."""
        if not self._ward.state.beds():
            self._alive = None
        elif self._alive is None or now.seconds_since(self._alive) >= ALIVE_S:
            self._alive = now
            self._ward.record(RecorderAlive(), now)

    def _watch(self, case: Case, now: Instant) -> tuple[Watch, tuple[Changed, ...]]:
        """Return the watch of a case; a new one where it has just begun, or after a restart."""
        if (watch := self._watches.get(case.number)) is not None:
            return watch, ()
        record = self._ward.state.records.get(case.number)
        if record is None or case.number not in self._before:
            return begun(now, record)
        self._before -= {case.number}
        return resumed(record, self._ward.mark, now)


def _theirs(
    devices: tuple[DeviceView, ...], arrived: Instant, now: Instant
) -> tuple[DeviceView, ...]:
    """Return the devices without readings of the patient who was there before."""
    there_s = now.seconds_since(arrived)
    return tuple(_since(device, there_s) for device in devices)


def _since(device: DeviceView, there_s: float) -> DeviceView:
    own = {name: one for name, one in device.samples.items() if one.age_s <= there_s}
    return device if len(own) == len(device.samples) else replace(device, samples=own)
