"""The one place where cases and alarms change: recorded, folded and told in the same breath."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace

from checklists.keeping import kept
from daemon import sheet, views
from daemon.clock import local_date
from daemon.journal.alarming import AlarmChanged
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.event import Event
from daemon.journal.fold import fold
from daemon.journal.writer import Journal
from daemon.protocol import messages
from daemon.protocol.lately import keep
from daemon.protocol.message import Message
from daemon.state import Kept, State
from monitoring.alarms import Alarm, Change, Key, apply
from monitoring.signals import Cue
from vitals.instant import Instant
from vitals.vocabulary import SignalState

CHECKPOINT_EVENTS = 10_000
CLOSING_EVENTS = 1_000
"""Once a case is over: a state with many cases is not written anew for every short one."""
LAST_EVENTS = 20
"""Of one bed."""


class Ward:
    """Holds the state and the journal together; `tell` hears of everything that changes."""

    def __init__(
        self, journal: Journal, state: State, tell: Callable[[Message], None], mark: Instant
    ) -> None:
        self.journal = journal
        self.state = state
        self._last: dict[str, deque[messages.Event]] = {}
        self.tell = tell
        self.mark = mark
        """The last moment of which the journal knows that the recorder ran before."""
        self._unchecked = 0

    def record(self, event: Event, at: Instant) -> asyncio.Future[None]:
        """Let an event take effect at once; the future is done when it is on disk."""
        lists, self.state = self.state.lists, fold(self.state, event, at)
        done = self.journal.append(event, at)
        self._note(event, at)
        for changed in sheet.changed(lists, self.state.lists):
            self.tell(changed)
        self._unchecked += 1
        if self._unchecked >= CHECKPOINT_EVENTS:
            self.checkpoint(at)
        return done

    def recall(self, event: Event, at: Instant) -> None:
        """Put an event that was read back among the last events."""
        for line in views.lines(event, at):
            self._keep_line(line)
        self._unchecked += 1

    @property
    def last(self) -> tuple[messages.Event, ...]:
        """Return the last events of every bed: what happens at one takes no other's place."""
        found = (one for kept in self._last.values() for one in kept)
        return tuple(sorted(found, key=lambda one: one.at))

    def close(self, at: Instant) -> None:
        """Record the whole state now that a case is over, where much has been since the last."""
        if self._unchecked >= CLOSING_EVENTS:
            self.checkpoint(at)

    def checkpoint(self, at: Instant) -> None:
        """Record the whole state, so that replay can begin here; pending conditions wait anew."""
        self._unchecked = 0
        self.state = replace(self.state, practice=kept(self.state.practice, local_date(at)))
        alarms = tuple(
            Kept(bed, key, alarm)
            for bed, found in self.state.alarms.items()
            for key, alarm in found.items()
            if alarm.condition.alarming or alarm.signal is SignalState.LATCHED
        )
        cases = tuple(self.state.cases.values())
        serials, places = dict(self.state.serials), dict(self.state.places)
        records = dict(self.state.records)
        lists = tuple(self.state.lists.values())
        parts = cases, alarms, serials, places, records, lists, dict(self.state.given)
        closed = tuple(self.state.closed.values())
        sounds = dict(self.state.pauses), dict(self.state.calls)
        said = self.state.practice
        self.journal.append(Checkpoint("", *parts, closed, *sounds, said), at)

    def change(self, bed: str, change: Change, *, by: str | None = None) -> asyncio.Future[None]:
        """Record what became of an alarm of the case that is watched at a bed."""
        case = self.state.watched(bed)
        event = AlarmChanged(
            change.cue,
            "" if case is None else case.number,
            bed,
            change.key.condition,
            change.key.device,
            change.priority,
            change.measure,
            change.value,
            change.limit,
            by,
            change.latency_s,
        )
        return self.record(event, change.at)

    def alter(self, bed: str, change: Change, *, by: str | None = None) -> asyncio.Future[None]:
        """Record what became of an alarm, and tell it."""
        before = self.state.alarms.get(bed, {}).get(change.key)
        done = self.change(bed, change, by=by)
        if (alarm := apply(before, change)) is not None:
            self.tell(views.alarm(bed, change.key, alarm, change.at))
        return done

    def silence(self, bed: str, now: Instant) -> None:
        """End every alarm of a bed whose patient is watched no longer."""
        for key, alarm in self.state.alarms.get(bed, {}).items():
            if alarm.condition.alarming or alarm.signal is SignalState.LATCHED:
                numbers = alarm.measure, alarm.value, alarm.limit
                self.alter(bed, Change(Cue.ENDED, key, now, alarm.priority, *numbers))

    def keep(self, bed: str, alarms: Mapping[Key, Alarm]) -> None:
        """Keep what is under way and not yet worth a record: pending conditions, newest values."""
        self.state = self.state.with_alarms(bed, alarms)

    def _note(self, event: Event, at: Instant) -> None:
        for line in views.lines(event, at):
            self._keep_line(line)
            self.tell(line)

    def _keep_line(self, line: messages.Event) -> None:
        keep(self._last.setdefault(line.bed, deque(maxlen=LAST_EVENTS)), line)
