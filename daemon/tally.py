"""Alarms per case-hour, counted in a journal: how often what sounds, and how soon somebody acts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from statistics import median

from msgspec import Struct

from daemon.journal.alarming import AlarmChanged, AudioPaused, CallAnswered
from daemon.journal.event import Event
from daemon.journal.events import CaseEnded, CaseEntered, CaseStarted
from daemon.journal.fold import fold
from daemon.journal.rebase import moved
from daemon.state import State
from monitoring.case import Case, followed
from monitoring.signals import Cue
from monitoring.steps import ATTENDED
from vitals.instant import Instant
from vitals.vocabulary import Priority

AN_HOUR_S = 3600.0


class Span(Struct, frozen=True):
    """From one moment of the wall clock to another, in s since 1970."""

    begin: float
    end: float

    def __contains__(self, at: float) -> bool:
        return self.begin <= at < self.end

    def within(self, begin: float, end: float) -> float:
        """Return how much of an interval lies in it, in s."""
        return max(0.0, min(end, self.end) - max(begin, self.begin))


ALWAYS = Span(0.0, float("inf"))


class Count(Struct, frozen=True):
    """One condition at the highest priority that it reached."""

    alarm: str
    priority: Priority
    count: int
    per_hour: float | None
    """Per case-hour; none where nobody was watched."""
    acknowledged: int
    latency_s: float | None
    """Median from onset to acknowledgement; none where nobody acknowledged one."""


class Tally(Struct, frozen=True):
    """What a journal says of alarms in a span."""

    case_hours: float
    cases: int
    """Of which any part was watched in the span."""
    alarms: int
    per_hour: float | None
    pauses: int
    calls: int
    call_latency_s: float | None
    """Median from a call to its answer."""
    conditions: tuple[Count, ...]


class _Alarm:
    """One alarm from its onset on."""

    def __init__(self, event: AlarmChanged, at: Instant) -> None:
        self.name = event.alarm
        self.priority = event.priority
        self.at = at
        self.latencies: list[float] = []

    def after(self, event: AlarmChanged, at: Instant) -> None:
        """Take what became of it."""
        if event.cue is Cue.ESCALATED:
            self.priority = event.priority
        if event.cue is Cue.ACKNOWLEDGED and not self.latencies:
            waited_s = at.wall - self.at.wall
            self.latencies = [waited_s if event.latency_s is None else event.latency_s]


class Reader:
    """Goes through a journal once, and keeps of it what is counted."""

    def __init__(self) -> None:
        self._alarms: list[_Alarm] = []
        self._pauses: list[float] = []
        self._answers: list[tuple[float, float]] = []
        """When a call was answered, and how long that took."""
        self._last = 0.0
        self._watched: dict[str, tuple[tuple[float, float | None], ...]] = {}
        self._standing: dict[tuple[str, str, str | None], _Alarm] = {}

    def note(self, state: State, event: Event, at: Instant) -> None:
        """Take the next event, and the state after it."""
        self._last = at.wall
        match event:
            case AlarmChanged():
                self._alarm(event, at)
            case AudioPaused():
                self._pauses.append(at.wall)
            case CallAnswered(latency_s=latency_s):
                self._answers.append((at.wall, latency_s))
            case CaseStarted() | CaseEntered() | CaseEnded():
                self.case(state.case(event.case))
            case _:
                pass

    def _within(self, span: Span) -> list[float]:
        """Return for how long each case was watched in a span, in s; those that were at all."""
        found = [
            sum(span.within(begin, self._last if end is None else end) for begin, end in parts)
            for parts in self._watched.values()
        ]
        return [seconds for seconds in found if seconds]

    def _alarm(self, event: AlarmChanged, at: Instant) -> None:
        key = event.bed, event.alarm, event.device
        if event.cue is Cue.ONSET:
            self._standing[key] = _Alarm(event, at)
            self._alarms.append(self._standing[key])
        elif key in self._standing:
            self._standing[key].after(event, at)

    def case(self, case: Case | None) -> None:
        """Take when a case was watched, as it is known now."""
        if case is not None:
            self._watched[case.number] = tuple(_parts(case))

    def tally(self, span: Span) -> Tally:
        """Return what was counted in a span."""
        watched = self._within(span)
        hours = sum(watched) / AN_HOUR_S
        alarms = [one for one in self._alarms if one.at.wall in span]
        answers = [latency_s for at, latency_s in self._answers if at in span]
        return Tally(
            case_hours=round(hours, 3),
            cases=len(watched),
            alarms=len(alarms),
            per_hour=_per(len(alarms), hours),
            pauses=sum(at in span for at in self._pauses),
            calls=len(answers),
            call_latency_s=_median(answers),
            conditions=tuple(_counts(alarms, hours)),
        )


def tally(events: Iterable[tuple[Event, Instant]], span: Span) -> Tally:
    """Return what the events of a whole journal say of a span.

    A journal outlives a boot, so that its wall clock alone says how long anything took.
    """
    reader, state = Reader(), State()
    for event, at in events:
        walled = _walled(at)
        state = fold(state, moved(event, _walled), walled)
        reader.note(state, event, walled)
    return reader.tally(span)


def _walled(at: Instant) -> Instant:
    return Instant(at.wall, at.wall)


def _counts(alarms: Iterable[_Alarm], hours: float) -> Iterator[Count]:
    """Yield a count for each condition and priority, the most frequent first."""
    groups: dict[tuple[str, Priority], list[_Alarm]] = defaultdict(list)
    for one in alarms:
        groups[one.name, one.priority].append(one)
    for (name, priority), group in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])):
        waits = [latency for one in group for latency in one.latencies]
        per_hour = _per(len(group), hours)
        yield Count(name, priority, len(group), per_hour, len(waits), _median(waits))


def _parts(case: Case) -> Iterator[tuple[float, float | None]]:
    """Yield from when to when a case was watched; without an end where it still is."""
    begin: float | None = None
    for entry, state in followed(case):
        attended = state in ATTENDED
        if begin is None and attended:
            begin = entry.at.wall
        elif begin is not None and not attended:
            yield begin, entry.at.wall
            begin = None
    if begin is not None:
        yield begin, None


def _per(count: int, hours: float) -> float | None:
    return round(count / hours, 3) if hours else None


def _median(values: list[float]) -> float | None:
    return round(median(values), 1) if values else None
