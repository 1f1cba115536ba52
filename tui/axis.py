"""What stands below the lanes of a trend: the time, and what happened when; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from rich.cells import cell_len

from daemon.protocol.trend import Mark
from daemon.protocol.trend import Trend as Told
from tui.entry import event_word
from tui.order import MARKS
from tui.sight import Sight
from tui.span import Row, Span, Tone, clean

STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720)
TICK, STEP = "│", "▲"
_LABEL_CELLS = 8
"""A tick with its time, and a blank after it."""


class _Put(NamedTuple):
    """What happened: the cell of its moment, its sign, and its words."""

    cell: int
    sign: str
    words: str = ""

    @property
    def end(self) -> int:
        """Return the cell behind its sign."""
        return self.cell + len(self.sign)


def axis(sight: Sight, told: Told, width: int) -> Row:
    """Return the time: a tick stands in the cell of its moment, its time behind it."""
    since, until = (sight.local_text(one) for one in (told.since, told.until))
    minutes = (until - since) / timedelta(minutes=1)
    most = max(1, width // _LABEL_CELLS)
    step = next((one for one in STEPS_MIN if minutes / one <= most), STEPS_MIN[-1])
    ticks = [
        (cell, f"{TICK}{at:%H:%M}")
        for at in _whole(since, until, step)
        if 0 <= (cell := _cell(told, at, width)) <= width - _LABEL_CELLS + 2
    ]
    return (Span(_line(ticks, width), Tone.QUIET),)


def marks(sight: Sight, told: Told, width: int, *, apart: bool) -> list[Row]:
    """Return what happened: a sign in the cell of its moment, and words where there is room.

    The signs of alarms are those that stand for their urgency; `apart` they have their own row.
    """
    steps = [_step(sight, told, one, width) for one in told.marks if one.priority is None]
    alarms = [
        _Put(_cell(told, sight.local_text(one.at), width), MARKS[one.priority])
        for one in told.marks
        if one.priority is not None
    ]
    rows = (alarms, steps) if apart else ([*alarms, *steps],)
    return [(Span(_line(_worded(_placed(row, width), width), width), Tone.STRONG),) for row in rows]


def _whole(since: datetime, until: datetime, step: int) -> Iterator[datetime]:
    """Yield the moments of the clock that are whole in steps of so many minutes."""
    at = since.replace(hour=0, minute=0, second=0, microsecond=0)
    while at < until:
        if at >= since:
            yield at
        at += timedelta(minutes=step)


def _cell(told: Told, at: datetime, width: int) -> int:
    """Return the cell of a moment."""
    since, until = (datetime.fromisoformat(one) for one in (told.since, told.until))
    return min(width - 1, max(0, int((at - since) / (until - since) * width)))


def _step(sight: Sight, told: Told, mark: Mark, width: int) -> _Put:
    words = clean(event_word(sight, mark.event, mark.detail))
    return _Put(_cell(told, sight.local_text(mark.at), width), STEP, words)


def _placed(puts: Iterable[_Put], width: int) -> list[_Put]:
    """Return the signs that have room, each apart from the next; the most urgent come first."""
    found: list[_Put] = []
    for put in sorted(puts, key=lambda one: (-len(one.sign), one.cell)):
        one = put._replace(cell=min(put.cell, width - len(put.sign)))
        if all(one.end < other.cell or other.end < one.cell for other in found):
            found.append(one)
    return sorted(found)


def _worded(puts: list[_Put], width: int) -> list[tuple[int, str]]:
    """Return the signs, with their words where these end before the next sign."""
    ends = [*(one.cell for one in puts), width + 1][1:]
    return [
        (one.cell, one.sign + (one.words if one.end + cell_len(one.words) < end else ""))
        for one, end in zip(puts, ends, strict=True)
    ]


def _line(texts: Iterable[tuple[int, str]], width: int) -> str:
    """Return texts in their cells; one that begins in another is left out."""
    line = ""
    for at, text in texts:
        if at >= cell_len(line) and at + cell_len(text) <= width:
            line += " " * (at - cell_len(line)) + text
    return line + " " * (width - cell_len(line))
