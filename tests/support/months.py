"""A journal of whole months, written as the daemon writes it: cases, alarms, mornings, restarts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from practices import SITE, TWO

from daemon import checkbook, config, library
from daemon.clock import local_time
from daemon.journal.alarming import AlarmChanged
from daemon.journal.chain import GENESIS, Row, chained
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.event import Event
from daemon.journal.events import (
    CaseEntered,
    CaseOpened,
    CoverageChanged,
    DaemonStarted,
    RecorderAlive,
    StartHeld,
    encoded,
)
from daemon.journal.fold import fold
from daemon.journal.practice import PracticeSaid
from daemon.journal.replay import MEGA
from daemon.journal.store import FILE, append, create
from daemon.month.reckon import Practice
from daemon.month.standing import asking
from daemon.state import State
from monitoring.gaps import Begun, Closed, Opened
from monitoring.signals import Cue
from vitals import acts, deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.practice import Gas, Use
from vitals.vocabulary import CaseKind, GapCause, Modality, Priority, Word

RULES = library.load()
BOOK = checkbook.load()
CONFIG = config.parsed(SITE + TWO, "c.toml")
PRACTICE = Practice(CONFIG, RULES, BOOK, lambda case: RULES if case.rules == RULES.hash else None)
BED = "Stue 1"
MINUTE_S, DAY_S = 60.0, 86_400.0
LASTS, RECOVERS = 12.0, 20.0
"""Minutes of an anaesthetic, and of the recovery after it."""


def moment(day: date, clock: str) -> float:
    """Return the wall-clock second of a time of day by the machine's calendar."""
    return datetime.combine(day, time.fromisoformat(clock)).timestamp()


@dataclass(frozen=True)
class Made:
    """An anaesthetic that is to be written down."""

    off: float = 0.0
    """Its oximeter is off for so many minutes, from the start."""
    code: str = "3021"
    lasts: float = LASTS
    held: Sequence[str] = ()
    explained: str = ""
    alarms: Sequence[str] = ()
    rules: str = RULES.hash
    home: bool = True


@dataclass
class Journal:
    """Events in order, each with its second by the wall clock."""

    written: list[tuple[Event, float]] = field(default_factory=list)
    serials: dict[date, int] = field(default_factory=dict)
    said: int = 0

    def add(self, wall: float, *events: Event) -> None:
        self.written += [(event, wall) for event in events]

    def act(self, wall: float, act: acts.Done, *, by: str = "AS") -> None:
        self.said += 1
        at = local_time(Instant(0.0, wall))
        self.add(wall, PracticeSaid(self.said, act, by, at, at.date()))

    def case(self, begin: float, made: Made = Made()) -> str:
        """Add an anaesthetic."""
        day = local_time(Instant(0.0, begin)).date()
        self.serials[day] = serial = self.serials.get(day, 0) + 1
        number, bed = f"KN-{day:%y%m%d}-{serial:03d}", BED
        self.add(begin - 2 * MINUTE_S, opening(number, day, serial, made.code, made.rules))
        if made.held:
            self.add(begin, StartHeld(number, bed, tuple(made.held), "AS"))
        self.add(begin, _entered(number, 1, deeds.Begin(anyway=bool(made.held))))
        self.add(begin, CoverageChanged(number, bed, Begun(_at(begin - MINUTE_S))))
        gap = Opened(Modality.PULSE_OXIMETRY, _at(begin), GapCause.NOT_ATTACHED, at_reading=False)
        if made.off:
            self.add(begin, CoverageChanged(number, bed, gap))
        for count, name in enumerate(made.alarms):
            at = begin + 30.0 * (count + 1)
            told = number, bed, name, None, Priority.MEDIUM, None, None, None
            self.add(at, AlarmChanged(Cue.ONSET, *told), RecorderAlive())
            self.add(at + 10, AlarmChanged(Cue.ENDED, *told))
        if made.off < made.lasts + RECOVERS and made.off:
            closed = Closed(
                Modality.PULSE_OXIMETRY, _at(begin + made.off * MINUTE_S), at_reading=True
            )
            self.add(begin + made.off * MINUTE_S, CoverageChanged(number, bed, closed))
        end, entries = begin + made.lasts * MINUTE_S, 1
        for wall, deed in _home(end, made.explained, home=made.home):
            entries += 1
            self.add(wall, _entered(number, entries, deed))
        self.written.sort(key=lambda one: one[1])
        return number

    def start(self, wall: float) -> None:
        self.add(wall, DaemonStarted("0", "rules"))

    def checkpoint(self, wall: float) -> None:
        """Add what the daemon would write of everything before."""
        self.written.sort(key=lambda one: one[1])
        state = State()
        for event, at in self.written:
            state = state if at > wall else fold(state, event, _at(at))
        kept = Checkpoint(
            "",
            tuple(state.cases.values()),
            (),
            dict(state.serials),
            records=dict(state.records),
            closed=tuple(state.closed.values()),
            practice=state.practice,
        )
        self.add(wall, kept)

    def write(self, folder: Path, boots: Sequence[float] = ()) -> Path:
        """Write it down, hash for hash; at each second of `boots` the machine is started anew."""
        self.written.sort(key=lambda one: one[1])
        path = folder / FILE
        with closing(create(path)) as connection:
            append(connection, list(_rows(self.written, boots)))
        return path


def opening(number: str, day: date, serial: int, code: str, rules: str) -> CaseOpened:
    return CaseOpened(
        case=number,
        day=f"{day:%y%m%d}",
        serial=serial,
        bed=BED,
        case_kind=CaseKind.ANAESTHETIC,
        code=code,
        rules=rules,
        band="y2_5",
        two_years=True,
        limits={},
        limits_approved_by="",
        by="AS",
    )


def _home(end: float, explained: str, *, home: bool) -> Iterator[tuple[float, Said]]:
    yield end, deeds.Finish()
    yield end + 10, deeds.Recover()
    if explained:
        yield end + 20, deeds.Explain(reason=explained)
    if home:
        over = end + RECOVERS * MINUTE_S
        yield over, deeds.Conclude(words=tuple(Word))
        yield over + 30, deeds.Discharge()


def _entered(number: str, place: int, deed: Said) -> CaseEntered:
    return CaseEntered(number, BED, place, deed, 0.0, "AS")


def _at(wall: float) -> Instant:
    return Instant(wall, wall)


def _rows(written: Sequence[tuple[Event, float]], boots: Sequence[float]) -> Iterator[Row]:
    head = GENESIS
    for seq, (event, wall) in enumerate(written, 1):
        begun = max((at for at in boots if at <= wall), default=0.0)
        stamp = round(wall * MEGA), round((wall - begun) * MEGA), f"boot{begun:g}"
        row = chained(head, seq, stamp, event.kind(), encoded(event))
        head = row.hash
        yield row


def morning(journal: Journal, wall: float, site: str = "KN", *, skip: str = "") -> None:
    """Choose a clinic and answer everything that is asked there, but for one list."""
    journal.act(wall, acts.ChooseClinic(site))
    state = State()
    for event, at in sorted(journal.written, key=lambda one: one[1]):
        state = fold(state, event, _at(at))
    found = asking(CONFIG, RULES, BOOK).reckoned(state, _at(wall + 1))
    rows: dict[tuple[str, str], list[str]] = {}
    for one in found.rows:
        if one.state in ("due", "overdue") and one.ask.list != skip:
            rows.setdefault((one.ask.list, one.target), []).append(one.ask.id)
    for (name, target), ids in rows.items():
        for begin in range(0, len(ids), 60):
            said = acts.Mark(name, tuple(ids[begin : begin + 60]), target, took_s=40.0)
            journal.act(wall + 60, said)
        journal.act(wall + 61, acts.Sign(name, target))


def days_after(first: date, count: int) -> date:
    return first + timedelta(days=count)


OXYGEN = acts.Cylinder("ilt", Gas.OXYGEN, 10.0, 200.0, "KN", Use.IN_USE)
