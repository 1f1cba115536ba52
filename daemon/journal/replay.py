"""Read the journal back into a state, with every moment on the clock of this boot."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import partial

from daemon.journal.chain import Row
from daemon.journal.event import Event
from daemon.journal.events import decoded
from daemon.journal.fold import fold
from daemon.journal.rebase import Rebase, moved
from daemon.journal.store import since_checkpoint
from daemon.state import State
from vitals.instant import Instant

MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Replay:
    """What was read back."""

    state: State
    events: tuple[tuple[Event, Instant], ...]
    """Every known event since the last checkpoint, with its moment."""
    mark: Instant
    """The last moment of which the journal knows that the recorder ran."""
    damaged: str = ""
    """The name under which a damaged journal was set aside before this one began."""


def replay(connection: sqlite3.Connection, rebase: Rebase) -> Replay:
    """Fold everything since the last checkpoint; an event of an unknown kind changes nothing."""
    state, mark = State(), rebase.now
    events: list[tuple[Event, Instant]] = []
    for row in since_checkpoint(connection):
        event = decoded(row.kind, row.body)
        at = rebase(moment(row), row.boot)
        if event is not None:
            event = moved(event, partial(rebase, boot=row.boot))
            events.append((event, at))
        state, mark = fold(state, event, at), at
    return Replay(state, tuple(events), mark)


def moment(row: Row) -> Instant:
    """Return when a row's event happened, on the clocks of its own boot."""
    return Instant(row.mono_us / MEGA, row.wall_us / MEGA)
