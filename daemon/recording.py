"""Keeps half a minute of waves and numbers either way of each alarm: a file of the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from daemon.journal.recorded import AlarmRecorded, AlarmUnrecorded, Attachment, Why
from daemon.journal.strip import packed
from daemon.library import Library
from daemon.picture import Station
from daemon.quota import Quota
from daemon.ring import Cut, Ring
from daemon.strips import strip
from daemon.ward import Ward
from monitoring.alarms import Change
from monitoring.case import Case
from monitoring.detectors import PROVES
from monitoring.signals import Cue
from monitoring.stretch import Stretch, later, latest
from monitoring.view import BedView
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.reading import Item, Notes
from vitals.vocabulary import AlarmKind, Priority

AROUND_S = 30.0
LOOK_S = 0.1
WAITING = 8
"""Files that wait for the journal's disk, of 0.3 MiB each; more of them are not kept."""


@dataclass(frozen=True, slots=True)
class Window:
    """Alarms of one moment, whose half minute is not over."""

    case: str
    bed: str
    at: Instant
    begin: Instant
    changes: tuple[Change, ...]


class Recording:
    """Hears what every bed's devices send, and which alarms begin or become high.

    An alarm about the patient is kept, and a technical one of a modality that the case requires.
    """

    def __init__(self, ward: Ward, library: Library, arrived: Callable[[Case], Instant]) -> None:
        self._ward = ward
        self._conditions = library.alarms.conditions
        self._arrived = arrived
        self._rings: dict[str, Ring] = {}
        self._windows: list[Window] = []
        self._quota = Quota()
        self._writing: set[asyncio.Future[None]] = set()

    def hear(self, station: Station, item: Item, now: Instant) -> None:
        """Take what a device sent, as clients are told of it."""
        if not isinstance(item, Notes):
            self._ring(station.bed, now).hear(station.device.name, station.origin, item, now)

    def note(self, case: Case, changes: Sequence[Change], view: BedView, now: Instant) -> None:
        """Take what became of the alarms of a case that is watched."""
        kept = tuple(change for change in changes if self._worth(change, view))
        if not kept:
            return
        high = any(change.priority is Priority.HIGH for change in kept)
        begin = latest(later(now, -AROUND_S), self._arrived(case), self._ring(case.bed, now).since)
        window = Window(case.number, case.bed, now, begin, kept)
        if self._quota.take(case.number, now, high=high):
            self._windows.append(window)
        else:
            self._leave_out(window, Why.TOO_MANY, now)

    async def go(self, clock: Clock) -> None:
        """Look ten times a second, for ever."""
        while True:
            self.look(clock.now())
            await clock.sleep(LOOK_S)

    def look(self, now: Instant) -> None:
        """Keep what is around each alarm whose half minute is over, or whose patient is gone."""
        for window in tuple(self._windows):
            if (end := self._end(window, now)) is not None:
                self._windows.remove(window)
                self._keep(window, end, now)

    def stop(self, now: Instant) -> None:
        """Keep what there is around each alarm whose half minute is not over."""
        windows, self._windows = self._windows, []
        for window in windows:
            self._keep(window, now, now)

    def _ring(self, bed: str, now: Instant) -> Ring:
        if bed not in self._rings:
            self._rings[bed] = Ring(now)
        return self._rings[bed]

    def _worth(self, change: Change, view: BedView) -> bool:
        risen = change.cue is Cue.ESCALATED and change.priority is Priority.HIGH
        if change.cue is not Cue.ONSET and not risen:
            return False
        if self._conditions[change.key.condition].kind is AlarmKind.PHYSIOLOGICAL:
            return True
        return not _modalities(change, view).isdisjoint(view.case.required)

    def _end(self, window: Window, now: Instant) -> Instant | None:
        """Return until when a window reaches, once it is over."""
        if now.seconds_since(window.at) >= AROUND_S:
            return later(window.at, AROUND_S)
        case = self._ward.state.watched(window.bed)
        there = case is not None and case.number == window.case
        return None if there else now

    def _keep(self, window: Window, end: Instant, now: Instant) -> None:
        if len(self._writing) >= WAITING:
            self._leave_out(window, Why.JOURNAL_LATE, now)
            return
        cut = self._ring(window.bed, now).cut(Stretch(window.begin, end))
        attached = _attachment(window, cut)
        for change in window.changes:
            done = self._ward.journal.append(_event(window, change, cut), now, attached)
            self._writing.add(done)
            done.add_done_callback(self._writing.discard)

    def _leave_out(self, window: Window, why: Why, now: Instant) -> None:
        for change in window.changes:
            whose = window.case, window.bed, change.key.condition, change.key.device
            event = AlarmUnrecorded(*whose, change.at.rfc3339(), why)
            self._ward.journal.append(event, now)


def _modalities(change: Change, view: BedView) -> frozenset[object]:
    """Return of which modalities a technical alarm is: its device's, or its measure's."""
    name = change.key.device
    if name is not None:
        return frozenset(m for one in view.devices if one.name == name for m in one.modalities)
    return frozenset(m for m, measure in PROVES.items() if measure is change.measure)


def _attachment(window: Window, cut: Cut) -> Attachment:
    stamp = window.at.rfc3339().replace(":", "")
    name = f"{window.case}-{stamp}.strip"
    document = window.case, window.bed, window.changes, cut
    return Attachment(name, lambda: packed(strip(*document)))


def _event(window: Window, change: Change, cut: Cut) -> AlarmRecorded:
    key, span = change.key, cut.span
    return AlarmRecorded(
        case=window.case,
        bed=window.bed,
        alarm=key.condition,
        device=key.device,
        cue=change.cue,
        priority=change.priority,
        at=change.at.rfc3339(),
        begin=span.begin.rfc3339(),
        end=span.end.rfc3339(),
    )
