"""One way through the journal: every case of a month, its alarms, and how its days stood."""

from __future__ import annotations

from daemon.clock import local_date
from daemon.journal.alarming import AlarmChanged
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.event import Event
from daemon.journal.events import CaseEntered, CaseStarted, DaemonStarted, EventsLost
from daemon.journal.fold import fold
from daemon.journal.practice import PracticeSaid
from daemon.month.calendar import Sessions
from daemon.protocol.month import Hole
from daemon.state import State
from daemon.tally import Reader, Span
from monitoring.case import Case
from monitoring.gaps import Record
from vitals import deeds
from vitals.acts import ChooseClinic
from vitals.instant import Instant
from vitals.vocabulary import CaseKind

LATE_S = 7 * 86_400.0
"""For so long after a month an entry of it may be said; of a case that stays at hand, longer."""


def moment(case: Case) -> Instant:
    """Return the moment that says of which month and day a case is.

    That is when its first anaesthetic began, or its first injection was given; of one that never
    was begun, when it was opened.
    """
    first = deeds.Give if case.kind is CaseKind.BLOCK else deeds.Begin
    return next((one.at for one in case.told if isinstance(one.deed, first)), case.opened)


def begun(case: Case) -> bool:
    """Tell whether an anaesthetic began, or an injection was given."""
    if case.kind is CaseKind.BLOCK:
        return any(isinstance(one.deed, deeds.Give) for one in case.told)
    return case.started is not None


class Walk:
    """Takes the events from before a month until nothing more can be said of its cases."""

    def __init__(self, span: Span, sessions: Sessions, *, logging: bool = False) -> None:
        self._span = span
        self._sessions = sessions
        self._logging = logging
        """Each alarm is kept, not counted alone."""
        self._seen: dict[str, Case] = {}
        self._before: Instant | None = None
        """When the last event was that is not after the month."""
        self.last = Instant(0.0, 0.0)
        self.state = State()
        self.reader = Reader()
        self.records: dict[str, Record] = {}
        self.ended: tuple[State, Instant] | None = None
        """The state at the end of the month, or of the journal, and when that was."""
        self.alarms: dict[str, list[tuple[AlarmChanged, Instant]]] = {}
        """By the number of a case, in their order; empty unless they are logged."""
        self.holes: list[Hole] = []
        self.lost = 0

    def take(self, event: Event, at: Instant) -> None:
        """Take the next event."""
        if isinstance(event, Checkpoint) and self.last.wall:
            return  # it only says again what was told
        if at.wall >= self._span.end:
            self.finish(self._span.end)
        if self.ended is None:
            self._during(event, at)
        before, self.state = self.state, fold(self.state, event, at)
        self._keep(event)
        if self._logging and isinstance(event, AlarmChanged) and event.case:
            self.alarms.setdefault(event.case, []).append((event, at))
        if self.ended is None:
            self._after(before, event, at)
            self._before = at
        self.last = at

    def finish(self, wall: float) -> None:
        """Take it that the month is over, or that there is no more of it: at this moment."""
        if self.ended is not None:
            return
        before = self._before or Instant(0.0, 0.0)
        at = Instant(before.monotonic + max(0.0, wall - before.wall), wall)
        if self._before is not None:
            same = local_date(at) == local_date(before)
            self._sessions.close(self.state, at if same else before)
        self.ended = self.state, at

    @property
    def done(self) -> bool:
        """Tell whether nothing that follows can alter a case of the month."""
        late = self.ended is not None and self.last.wall > self._span.end + LATE_S
        return late and not any(self.state.case(one.number) for one in self.cases)

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return every case of the month, in the order of its moments."""
        own = [one for one in self._seen.values() if moment(one).wall in self._span]
        return tuple(sorted(own, key=lambda one: (moment(one).wall, one.number)))

    def _during(self, event: Event, at: Instant) -> None:
        """Take what is to be seen of an event before it takes effect."""
        if self._before is None or at.wall not in self._span:
            return
        if local_date(at) != local_date(self._before):
            self._sessions.close(self.state, self._before)
        match event:
            case DaemonStarted() if beds := self.state.beds():
                self.holes.append(Hole(self._before.rfc3339(), at.rfc3339(), len(beds)))
            case EventsLost(count=count):
                self.lost += count
            case PracticeSaid(act=ChooseClinic()):
                self._sessions.close(self.state, at)
            case _:
                pass

    def _after(self, before: State, event: Event, at: Instant) -> None:
        """Take what is to be seen of an event after it took effect."""
        if isinstance(event, Checkpoint):
            for one in (*self.state.closed.values(), *self.state.cases.values()):
                self.reader.case(one)
        self.reader.note(self.state, event, at)
        if isinstance(event, CaseEntered | CaseStarted) and at.wall in self._span:
            told, was = self.state.case(event.case), before.case(event.case)
            if told is not None and begun(told) and (was is None or not begun(was)):
                self._sessions.begin(self.state, told, at)

    def _keep(self, event: Event) -> None:
        if isinstance(event, Checkpoint):
            self._seen |= {**self.state.closed, **self.state.cases}
            self.records |= self.state.records
        told = self.state.case(getattr(event, "case", ""))
        if told is not None:
            self._seen[told.number] = told
            if (record := self.state.records.get(told.number)) is not None:
                self.records[told.number] = record
