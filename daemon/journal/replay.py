"""Read the journal back into a state, with every moment on the clock of this boot."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

import msgspec

from daemon.journal.chain import Row
from daemon.journal.events import Checkpoint, Event, decoded
from daemon.journal.fold import fold
from daemon.journal.store import since_checkpoint
from daemon.state import Kept, State
from monitoring.alarms import Alarm
from monitoring.case import Case, Entry
from vitals.instant import Instant

MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Replay:
    """What was read back."""

    state: State
    events: tuple[tuple[Event, Instant], ...]
    """Every known event since the last checkpoint, with its moment."""
    damaged: str = ""
    """The name under which a damaged journal was set aside before this one began."""


@dataclass(frozen=True, slots=True)
class Rebase:
    """Moves a moment of an earlier boot to this boot's monotonic clock by the wall clock.

    Within one boot the monotonic half is kept. Across boots only the wall clock is left; a moment
    in its future counts as now, so that no duration is ever negative.
    """

    boot: str
    now: Instant

    def __call__(self, at: Instant, boot: str) -> Instant:
        """Return the moment `at` of `boot` on this boot's clocks."""
        if boot == self.boot:
            return at
        ago_s = max(0.0, self.now.wall - at.wall)
        return Instant(self.now.monotonic - ago_s, at.wall)


def replay(connection: sqlite3.Connection, rebase: Rebase) -> Replay:
    """Fold everything since the last checkpoint; an event of an unknown kind changes nothing."""
    state = State()
    events: list[tuple[Event, Instant]] = []
    for row in since_checkpoint(connection):
        event = decoded(row.kind, row.body)
        at = rebase(moment(row), row.boot)
        if isinstance(event, Checkpoint):
            event = _rebased(event, rebase, row.boot)
        state = fold(state, event, at)
        if event is not None:
            events.append((event, at))
    return Replay(state, tuple(events))


def moment(row: Row) -> Instant:
    """Return when a row's event happened, on the clocks of its own boot."""
    return Instant(row.mono_us / MEGA, row.wall_us / MEGA)


def _rebased(checkpoint: Checkpoint, rebase: Rebase, boot: str) -> Checkpoint:
    def moved(at: Instant | None) -> Instant | None:
        return None if at is None else rebase(at, boot)

    def entry(old: Entry) -> Entry:
        at, entered = rebase(old.at, boot), rebase(old.entered, boot)
        return msgspec.structs.replace(old, at=at, entered=entered)

    def case(old: Case) -> Case:
        return msgspec.structs.replace(
            old,
            opened=rebase(old.opened, boot),
            started=moved(old.started),
            ended=moved(old.ended),
            entries=tuple(entry(one) for one in old.entries),
        )

    def alarm(old: Alarm) -> Alarm:
        entered = rebase(old.condition.entered, boot)
        condition = replace(old.condition, entered=entered, known=entered)
        return replace(old, condition=condition, onset=rebase(old.onset, boot))

    return msgspec.structs.replace(
        checkpoint,
        cases=tuple(case(old) for old in checkpoint.cases),
        alarms=tuple(Kept(old.bed, old.key, alarm(old.alarm)) for old in checkpoint.alarms),
    )
