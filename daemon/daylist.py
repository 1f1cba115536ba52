"""What people do with the lists of the days: checked, recorded, and told to everybody."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import NamedTuple

from daemon.clock import local_date
from daemon.codes import SPECIALTY
from daemon.config import Config
from daemon.journal.rows import RowEnded, RowMoved, RowPlaced, RowsAdded, Taken
from daemon.library import Library
from daemon.opening import Opening
from daemon.protocol.daylist import (
    AddRow,
    BadLine,
    CancelRow,
    DoneRow,
    ListOrder,
    MoveRow,
    PasteRows,
    PlaceRow,
    TakeRow,
)
from daemon.protocol.messages import Refusal
from daemon.pulse import Pulse
from daemon.refused import RefusedError
from daemon.ward import Ward
from daemon.who import check_initials
from monitoring.daylist import DayList, Row, Step, WrongRowError, allowed
from monitoring.paste import pasted
from monitoring.planned import Planned, SlipError, Tables, Typed, aged, planned
from vitals.instant import Instant

AHEAD = timedelta(days=366)
"""Nothing is planned for a day later than this: it is a slip of the keys."""
ROWS = 300
"""So many rows are at hand at once, of all days together: what every client can be told at once."""

Wanted = AddRow | PasteRows
_STEPS = {DoneRow: Step.DO, CancelRow: Step.CANCEL, MoveRow: Step.MOVE}
_STEPS = {DoneRow: Step.DO, CancelRow: Step.CANCEL, MoveRow: Step.MOVE}


class Done(NamedTuple):
    """What came of it; the future is done when it is on disk."""

    recorded: asyncio.Future[None]
    case: str | None
    """The one that was opened."""
    rows: tuple[int, ...]
    """Those that it concerns, by number."""


class DayLists:
    """Carries out what is asked of the lists."""

    def __init__(
        self, config: Config, library: Library, opening: Opening, ward: Ward, pulse: Pulse
    ) -> None:
        self._config = config
        self._library = library
        self._opening = opening
        self._ward = ward
        self._pulse = pulse

    def carry_out(self, order: ListOrder, now: Instant) -> Done:
        """Do what is asked, or raise RefusedError, and then nothing has changed."""
        check_initials(self._config.people, order.by, now)
        today = local_date(now)
        day = order.day or today
        match order:
            case AddRow() | PasteRows():
                return self._add(order, _ahead(day, today), now)
            case TakeRow():
                return self._take(order, self._ward.state.list(day), now)
            case _:
                return self._alter(order, self._ward.state.list(day), now)

    def _add(self, order: Wanted, day: date, now: Instant) -> Done:
        found, bad = self._plans(order, day)
        if bad or not found:
            count = f"{len(bad)} lines cannot" if len(bad) > 1 else "a line cannot"
            detail = f"{count} be taken, so none was" if bad else "there is no line: write one"
            raise RefusedError(Refusal.BAD_LINES, detail, bad)
        self._refuse_full(len(found))
        first = len(self._ward.state.list(day).rows) + 1
        event = RowsAdded(day, found, order.by, local_date(now))
        numbers = tuple(range(first, first + len(found)))
        return Done(self._ward.record(event, now), None, numbers)

    def _plans(self, order: Wanted, day: date) -> tuple[tuple[Planned, ...], tuple[BadLine, ...]]:
        """Return what is planned, and what cannot be; ages are as of the day itself."""
        tables = self._tables(day)
        if isinstance(order, PasteRows):
            found, wrong = pasted(tables, order.text, day)
            return found, tuple(BadLine(one.line, one.slip, one.detail) for one in wrong)
        codes, site, note = order.codes, order.site, order.note
        typed = Typed(codes=codes, age=order.age, side=order.side, site=site, note=note)
        try:
            return (planned(tables, typed, day),), ()
        except SlipError as error:
            return (), (BadLine(1, error.slip, error.detail),)

    def _take(self, order: TakeRow, listed: DayList, now: Instant) -> Done:
        row = self._wanted(order, listed)
        plan = self._aged(row.plan, order.age, local_date(now))
        event = self._opening.listed(order, Taken(listed.day, row.number, plan), now)
        done = self._ward.record(event, now)
        self._pulse.tell(self._ward.state.cases[event.case], now)
        return Done(done, event.case, (row.number,))

    def _wanted(self, order: TakeRow, listed: DayList) -> Row:
        """Return the row that is named, or else the next."""
        beds = sorted(bed.name for bed in self._config.beds)
        if order.bed not in beds:
            detail = f"no bed {order.bed!r}; beds: {', '.join(beds)}"
            raise RefusedError(Refusal.UNKNOWN_BED, detail)
        if order.row is not None:
            return _allowed(listed, order.row, Step.TAKE)
        if listed.next is None:
            detail = f"nobody waits on the list of {listed.day}: add a row, or name another day"
            raise RefusedError(Refusal.WRONG_ROW, detail)
        return listed.next

    def _alter(
        self, order: PlaceRow | DoneRow | CancelRow | MoveRow, listed: DayList, now: Instant
    ) -> Done:
        event = self._event(order, listed, now)
        return Done(self._ward.record(event, now), None, (order.row,))

    def _event(
        self, order: PlaceRow | DoneRow | CancelRow | MoveRow, listed: DayList, now: Instant
    ) -> RowPlaced | RowEnded | RowMoved:
        row = _allowed(listed, order.row, _STEPS.get(type(order)))
        match order:
            case PlaceRow(before=before):
                if before is not None:
                    _there(listed, before)
                return RowPlaced(listed.day, row.number, before, order.by)
            case DoneRow():
                return RowEnded(listed.day, row.number, order.by)
            case CancelRow(why=why):
                return RowEnded(listed.day, row.number, order.by, why)
            case MoveRow():
                return self._moved(order, row, listed, now)

    def _moved(self, order: MoveRow, row: Row, listed: DayList, now: Instant) -> RowMoved:
        to = _ahead(order.to, local_date(now))
        if to == listed.day:
            raise RefusedError(
                Refusal.BAD_DAY, f"row {row.number} is on {to} already: name another"
            )
        self._refuse_full(1)
        plan = self._aged(row.plan, order.age, to)
        return RowMoved(listed.day, row.number, to, plan, order.by)

    def _aged(self, plan: Planned, age: str | None, day: date) -> Planned:
        """Return a plan with the age as it is said anew, where it is."""
        if age is None:
            return plan
        try:
            return aged(self._tables(day), plan, age, day)
        except SlipError as error:
            bad = BadLine(1, error.slip, error.detail)
            raise RefusedError(Refusal.BAD_LINES, error.detail, (bad,)) from error

    def _tables(self, day: date) -> Tables:
        return Tables(
            services=self._library.book(day).services,
            withdrawn=self._library.withdrawn,
            procedures=self._library.procedures[SPECIALTY],
            limits=self._library.limits,
        )

    def _refuse_full(self, more: int) -> None:
        held = sum(len(one.rows) for one in self._ward.state.lists.values())
        if held + more > ROWS:
            detail = f"the lists hold {held} rows, and {ROWS} at most: end or cancel what is over"
            raise RefusedError(Refusal.LIST_FULL, detail)


def _ahead(day: date, today: date) -> date:
    """Return a day that is still to come, or today."""
    if today <= day <= today + AHEAD:
        return day
    when = "has been" if day < today else "is more than a year ahead"
    raise RefusedError(Refusal.BAD_DAY, f"{day} {when}: name a day from {today} on")


def _allowed(listed: DayList, number: int, step: Step | None) -> Row:
    try:
        return allowed(listed, number, step)
    except WrongRowError as error:
        raise RefusedError(Refusal.WRONG_ROW, str(error)) from error


def _there(listed: DayList, number: int) -> None:
    if listed.row(number) is None:
        detail = f"there is no row {number} on {listed.day} to stand before: name another"
        raise RefusedError(Refusal.WRONG_ROW, detail)
