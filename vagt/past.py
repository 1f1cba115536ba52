"""Cases of earlier days, read straight from the journal, also when the daemon is dead."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from daemon.chart import case as charted
from daemon.journal.event import Event
from daemon.journal.events import CaseOpened, CaseStarted, decoded
from daemon.journal.fold import fold
from daemon.journal.replay import moment
from daemon.journal.store import FILE, JournalError, opened, rows
from daemon.protocol.cases import Case
from daemon.state import State
from vagt.main import UsageError
from vitals.instant import Instant


class Past(Struct, frozen=True):
    """One case that was opened, as far as a list names it."""

    case: str
    bed: str
    code: str
    at: str


def found(folder: Path, text: str) -> tuple[Past, ...]:
    """Return every case whose number has `text` in it, in the order of opening."""
    return tuple(
        Past(event.case, event.bed, event.code, at.rfc3339())
        for event, at in events(folder)
        if isinstance(event, CaseOpened | CaseStarted) and text in event.case
    )


def whole(folder: Path, number: str) -> Case | None:
    """Return a case as it stood at the end of the journal; None where it is not there."""
    state, last = State(), None
    for event, at in events(folder):
        if getattr(event, "case", None) == number:
            state, last = fold(state, event, at), at
    case = state.cases.get(number)
    return None if case is None or last is None else charted(case, (), last)


def events(folder: Path) -> Iterator[tuple[Event, Instant]]:
    """Yield every event of a journal that this version knows, each on the clocks of its boot."""
    try:
        with closing(opened(folder / FILE)) as connection:
            for row in rows(connection):
                if (event := decoded(row.kind, row.body)) is not None:
                    yield event, moment(row)
    except (JournalError, sqlite3.Error) as error:
        raise UsageError(str(error)) from error
