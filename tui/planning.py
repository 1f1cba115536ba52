"""Keys of the day list: pure. The daemon alone decides what can become a row, or of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from daemon.protocol.daylist import (
    CancelRow,
    DoneRow,
    ListRow,
    MoveRow,
    PasteRows,
    PlaceRow,
    TakeRow,
)
from daemon.protocol.messages import Refusal
from daemon.protocol.request import Request
from tui import writing
from tui.commands import Asker
from tui.day import day
from tui.fields import Field
from tui.prompt import IDLE, Listing, Prompt, Query, Stay, note
from tui.sight import Reach, Sight
from vitals.listing import RowState
from vitals.vocabulary import Cancellation

WHY = Field("cancel", tuple(Cancellation))
"""Why a row is cancelled, a key each."""
_STEPS = {"up": -1, "down": 1}
_SHIFTS = {"shift+up": -1, "pageup": -1, "shift+down": 1, "pagedown": 1}
_DAYS = {"left": -1, "right": 1}
LIMIT = 20_000
"""Characters that the daemon takes at once, at most."""


Planned = Prompt | Stay | None


def begun(sight: Sight) -> Prompt:
    """Return the list of today, or that nothing is known of it."""
    return Listing() if sight.reach is Reach.LIVE else note("note.unsent", sight.now)


def next_case(sight: Sight, asker: Asker) -> Prompt | Request:
    """Return the order that takes the next row that waits to this bed."""
    if sight.reach is Reach.LIVE and not sight.daybook.waiting(sight.today):
        return note("note.nobody", sight.now)
    return TakeRow(id=asker.id, by=asker.by, bed=sight.bed_name or "")


def shown_day(sight: Sight, prompt: Listing) -> date:
    """Return the day whose list is shown."""
    return sight.today + timedelta(days=prompt.ahead)


def chosen(sight: Sight, prompt: Listing) -> ListRow | None:
    """Return the row that is chosen: the next that waits, where none was or it is gone."""
    on = shown_day(sight, prompt)
    rows = sight.daybook.rows(on)
    found = next((row for row in rows if row.number == prompt.row), None)
    return found or next(iter((*sight.daybook.waiting(on), *rows)), None)


def pressed(sight: Sight, prompt: Listing, sign: str, asker: Asker) -> Planned:
    """Return what a key leads to; None for a key that the list has no use for."""
    if sign == "escape":
        return writing.left(prompt) if prompt.query else IDLE
    match prompt.query:
        case Query.LINE | Query.SITE:
            found = writing.pressed(sight, prompt, sign)
            sent = found is not None and found.query is None
            return _pasted(sight, found, asker) if sent and found else found
        case Query.CANCEL:
            return _cancelled(sight, prompt, sign, asker)
        case Query.DAY:
            return _moved(sight, prompt, sign, asker)
        case None:
            return _looked(sight, prompt, sign, asker)


def pasted(sight: Sight, prompt: Listing, text: str, asker: Asker) -> Planned:
    """Return what becomes of pasted text: one line is typed, several are sent at once."""
    lines = tuple(text.splitlines())
    if len(lines) == 1:
        return writing.typed(writing.begun(prompt), lines[0])
    if len(text) > LIMIT:
        return replace(prompt, line=note("note.long", sight.now))
    return _pasted(sight, replace(writing.left(prompt), lines=lines), asker) if lines else None


def _pasted(sight: Sight, prompt: Listing, asker: Asker) -> Stay:
    text = "\n".join(prompt.lines)
    on = shown_day(sight, prompt)
    order = PasteRows(id=asker.id, by=asker.by, day=_named(prompt, on), text=text)
    return Stay(order, prompt)


def _looked(sight: Sight, prompt: Listing, sign: str, asker: Asker) -> Planned:
    if sign in _STEPS:
        return _stepped(sight, prompt, _STEPS[sign])
    if sign in _DAYS:
        return Listing(ahead=max(0, prompt.ahead + _DAYS[sign]))
    if sign in _SHIFTS:
        return _shifted(sight, prompt, _SHIFTS[sign], asker)
    if sign.lower() == "n":
        return writing.begun(prompt)
    ordered = _ORDERED.get(sign.lower())
    return None if ordered is None else _of_row(sight, prompt, asker, ordered)


def _stepped(sight: Sight, prompt: Listing, by: int) -> Listing:
    """Return the list with the row above or below chosen; it does not go round."""
    numbers = [row.number for row in sight.daybook.rows(shown_day(sight, prompt))]
    here = chosen(sight, prompt)
    if here is None:
        return prompt
    place = max(0, min(len(numbers) - 1, numbers.index(here.number) + by))
    return replace(prompt, row=numbers[place])


def _shifted(sight: Sight, prompt: Listing, by: int, asker: Asker) -> Planned:
    """Return the order that puts the row before the one above it, or behind the one below."""
    row, on = chosen(sight, prompt), shown_day(sight, prompt)
    waiting = [one.number for one in sight.daybook.waiting(on)]
    if row is None or row.number not in waiting:
        return _refused(sight, prompt)
    to = waiting.index(row.number) + by
    if not 0 <= to < len(waiting):
        return prompt
    left = [number for number in waiting if number != row.number]
    before = left[to] if to < len(left) else None
    order = PlaceRow(
        id=asker.id, by=asker.by, day=_named(prompt, on), row=row.number, before=before
    )
    return Stay(order, replace(prompt, row=row.number))


Ordered = Callable[[Sight, Listing, ListRow, Asker], Planned]


def _of_row(sight: Sight, prompt: Listing, asker: Asker, ordered: Ordered) -> Planned:
    """Return what a key does with the row that is chosen; only one that waits may go on."""
    row = chosen(sight, prompt)
    if row is None or row.state is not RowState.WAITING:
        return _refused(sight, prompt)
    return ordered(sight, replace(prompt, row=row.number, line=IDLE), row, asker)


def _taken(sight: Sight, prompt: Listing, row: ListRow, asker: Asker) -> Planned:
    """Return the order that opens a case from the row; a patient of another day is moved first."""
    if prompt.ahead:
        return _refused(sight, prompt)
    order = TakeRow(id=asker.id, by=asker.by, bed=sight.bed_name or "", row=row.number)
    return Stay(order, prompt)


def _done(sight: Sight, prompt: Listing, row: ListRow, asker: Asker) -> Planned:
    on = _named(prompt, shown_day(sight, prompt))
    return Stay(DoneRow(id=asker.id, by=asker.by, day=on, row=row.number), prompt)


_ORDERED: Mapping[str, Ordered] = {
    "enter": _taken,
    "f": _done,
    "c": lambda _sight, prompt, _row, _asker: replace(prompt, query=Query.CANCEL),
    "d": lambda _sight, prompt, _row, _asker: replace(prompt, query=Query.DAY, typed=""),
}


def _cancelled(sight: Sight, prompt: Listing, sign: str, asker: Asker) -> Planned:
    whys = {one.key: Cancellation(one.value) for one in WHY.options(sight)}
    why = whys.get(sign.lower())
    if why is None or prompt.row is None:
        return None
    on = _named(prompt, shown_day(sight, prompt))
    order = CancelRow(id=asker.id, by=asker.by, day=on, row=prompt.row, why=why)
    return Stay(order, writing.left(prompt))


def _moved(sight: Sight, prompt: Listing, sign: str, asker: Asker) -> Planned:
    if sign != "enter":
        return writing.dated(prompt, sign)
    on = shown_day(sight, prompt)
    to = day(prompt.typed, on)
    if to is None or prompt.row is None:
        return replace(prompt, unclear=True)
    order = MoveRow(id=asker.id, by=asker.by, day=_named(prompt, on), row=prompt.row, to=to)
    return Stay(order, writing.left(prompt))


def _named(prompt: Listing, on: date) -> date | None:
    """Return the day of a list that is not today's: today is what the daemon's calendar says."""
    return on if prompt.ahead else None


def _refused(sight: Sight, prompt: Listing) -> Listing:
    return replace(prompt, line=note("answer.refused", sight.now, Refusal.WRONG_ROW))
