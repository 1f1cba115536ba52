"""Cases of earlier days, read straight from the journal, also when the daemon is dead."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from msgspec import Struct

from daemon.journal.chain import Row
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.event import Event
from daemon.journal.events import CaseEntered, CaseOpened, CaseStarted, decoded
from daemon.journal.fold import fold
from daemon.journal.rebase import Rebase, moved
from daemon.journal.replay import moment
from daemon.journal.store import FILE, JournalError, opened, rows
from daemon.state import State
from monitoring.case import Case
from vagt.main import UsageError
from vitals.instant import Instant

OPENINGS = (CaseOpened.kind(), CaseStarted.kind())


class Past(Struct, frozen=True):
    """One case that was opened, as far as a list names it."""

    case: str
    bed: str
    code: str
    at: str


@dataclass(frozen=True, slots=True)
class Known:
    """A case as the journal tells it, with what belongs to it."""

    case: Case
    state: State
    """With the record of what watched it, and what its patient was given in other cases."""
    at: Instant
    """When something was told of it last."""


def found(folder: Path, text: str) -> tuple[Past, ...]:
    """Return every case whose number has `text` in it, in the order of opening."""
    return tuple(
        Past(event.case, event.bed, event.code, moment(row).rfc3339())
        for row in _rows(folder, text)
        if row.kind in OPENINGS
        and isinstance(event := decoded(row.kind, row.body), CaseOpened | CaseStarted)
        and text in event.case
    )


def whole(folder: Path, number: str) -> Known | None:
    """Return a case as it stood at the end of the journal; None where it is not there.

    With it come the other cases of the same patient, where that patient has a key.
    """
    own = tuple(_rows(folder, number))
    keys = {one.patient for one in _decoded(own, number) if isinstance(one, CaseEntered)}
    others = {number: own}
    for key in keys - {""}:
        for event in _decoded(tuple(_rows(folder, key)), None):
            if isinstance(event, CaseEntered) and event.case not in others:
                others[event.case] = tuple(_rows(folder, event.case))
    return _folded(others, number)


def _folded(rows: dict[str, tuple[Row, ...]], number: str) -> Known | None:
    """Return a case with its others, every moment on the clock of the last boot among them."""
    ordered = sorted({row.seq: row for found in rows.values() for row in found}.values(), key=_seq)
    if not ordered:
        return None
    rebase = Rebase(ordered[-1].boot, moment(ordered[-1]))
    state, case, last = State(), None, None
    for row in ordered:
        event, at = decoded(row.kind, row.body), rebase(moment(row), row.boot)
        if (of := getattr(event, "case", None)) in rows:
            state = fold(state, moved(event, partial(rebase, boot=row.boot)), at)
            case, last = (state.case(number), at) if of == number else (case, last)
    return None if case is None or last is None else Known(case, state, last)


def _seq(row: Row) -> int:
    return row.seq


def _decoded(rows: Iterable[Row], number: str | None) -> Iterator[Event]:
    """Yield the events of rows; of a case alone, where one is named."""
    for row in rows:
        event = decoded(row.kind, row.body)
        if event is not None and number in (None, getattr(event, "case", None)):
            yield event


def events(folder: Path) -> Iterator[tuple[Event, Instant]]:
    """Yield every event of a journal that this version knows, each on the clocks of its boot."""
    for row in _rows(folder, ""):
        if (event := decoded(row.kind, row.body)) is not None:
            yield event, moment(row)


def _rows(folder: Path, text: str) -> Iterator[Row]:
    """Yield the rows that speak of something: no checkpoint, which only says all of it again."""
    try:
        with closing(opened(folder / FILE)) as connection:
            for row in rows(connection):
                if text in row.body and row.kind != Checkpoint.kind():
                    yield row
    except (JournalError, sqlite3.Error) as error:
        raise UsageError(str(error)) from error
