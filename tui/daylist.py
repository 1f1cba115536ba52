"""The list of a day in the place of the wave: who is to come, and everything of who is chosen."""

from __future__ import annotations

from daemon.protocol.daylist import ListRow
from tui.planning import WHY, chosen, shown_day
from tui.prompt import Listing, Note, Query
from tui.sheet import CURSOR, refusal
from tui.sight import Sight
from tui.span import Row, Span, Tone, clip, fit, wrapped
from tui.writing import SITE, either
from vitals.listing import RowState

DETAIL_ROWS = 2
NEXT_CODES = 24
"""Cells of the codes of who is next."""
_LEAD, _STATE, _BAND, _SIDE, _NOTE = 6, 11, 13, 8, 20
"""Cells of each column; the codes have what is left."""


def daylist(sight: Sight, prompt: Listing, width: int, height: int) -> list[Row]:
    """Return at most `height` rows: the title, the rows around the one that is chosen, and it."""
    rows, at = sight.daybook.rows(shown_day(sight, prompt)), chosen(sight, prompt)
    detail = _below(sight, prompt, at, width)
    room = max(1, height - 1 - len(detail))
    place = rows.index(at) if at in rows else 0
    first = max(0, min(place - room // 2, len(rows) - room))
    shown = [_row(sight, row, width, marked=row is at) for row in rows[first : first + room]]
    if not rows:
        shown = [(Span(f"  {sight.words.text('list.empty')}"),)]
    blank: list[Row] = [()] * (room - len(shown))
    return [_title(sight, prompt, width), *shown, *blank, *detail]


def asked(sight: Sight, prompt: Listing) -> Row:
    """Return the question about the list in the prompt row, or the keys of the list."""
    words = sight.words
    match prompt.query:
        case Query.LINE:
            return _typed(sight, prompt, words.text("list.line"))
        case Query.DAY:
            return _typed(sight, prompt, words.text("list.day"))
        case Query.CANCEL:
            title = Span(f" {words.text('ask.cancel')}  ", Tone.STRONG)
            return (title, *_picks(sight), Span("Esc"))
        case Query.SITE:
            return (Span(f" {words.text('ask.site')}  ", Tone.STRONG), Span("Esc"))
        case None:
            return (Span(f" {words.text('list.keys')}"),)


def next_row(sight: Sight) -> str:
    """Return who is next on the list of today, in few words; empty where nobody waits."""
    row = next(iter(sight.daybook.waiting(sight.today)), None)
    if row is None:
        return ""
    parts = (_whole(row, NEXT_CODES), _band(sight, row), _side(sight, row), row.note)
    return sight.words.text("list.next", row=" · ".join(part for part in parts if part))


def _typed(sight: Sight, prompt: Listing, title: str) -> Row:
    wrong = sight.words.text("ask.unclear") if prompt.unclear else ""
    typed = prompt.typed[-40:]
    return (Span(f" {title} {typed}{CURSOR}  {wrong}", Tone.STRONG), Span("  Enter · Esc"))


def _picks(sight: Sight) -> list[Span]:
    return [
        span
        for one in WHY.options(sight)
        for span in (Span(one.key, Tone.STRONG), Span(f" {one.label}   "))
    ]


def _title(sight: Sight, prompt: Listing, width: int) -> Row:
    """Return which day it is, and how many wait, are under way and are over."""
    on = shown_day(sight, prompt)
    rows = sight.daybook.rows(on)
    counts = (
        sight.words.text(
            "list.counts",
            waiting=sum(row.state is RowState.WAITING for row in rows),
            taken=sum(row.state is RowState.TAKEN for row in rows),
            over=sum(row.state.over for row in rows),
        )
        if rows
        else ""
    )
    title = sight.words.text("list.title", day=sight.forms.day(on))
    return fit((Span(f"  {title}   ", Tone.STRONG), Span(counts)), width)


def _row(sight: Sight, row: ListRow, width: int, *, marked: bool) -> Row:
    """Return `▸ 3 venter     3021 3015   2-4 år       begge   mor med`, in columns."""
    tone = Tone.PLAIN if row.state is RowState.WAITING else Tone.QUIET
    codes = width - _LEAD - _STATE - _BAND - _SIDE - _NOTE
    held = "!" if row.holds and not row.state.over else " "
    return tuple(
        span
        for text, cells in (
            (f" {'▸' if marked else ' '}{row.number:>2}{held}", _LEAD),
            (sight.words.named("row_short", row.state.value), _STATE),
            (_whole(row, codes - 1), codes),
            (_band(sight, row), _BAND),
            (_side(sight, row), _SIDE),
            (row.note, _NOTE),
        )
        for span in fit((Span(clip(text, cells), Tone.STRONG if marked else tone),), cells)
    )


def _whole(row: ListRow, room: int) -> str:
    """Return the code and as many procedures as have room, none of them cut; `+2` counts others."""
    for kept in range(len(row.procedures), -1, -1):
        left = len(row.procedures) - kept
        more = (f"+{left}",) if left else ()
        text = " ".join((row.code, *row.procedures[:kept], *more))
        if len(text) <= room:
            return text
    return row.code


def _below(sight: Sight, prompt: Listing, row: ListRow | None, width: int) -> list[Row]:
    """Return what is to be read below: what is wrong, what may be picked, or all of one row."""
    room = width - 4
    told = _wrong(sight, prompt)
    if prompt.query is Query.SITE:
        told = "   ".join(f"{one.key} {one.label}" for one in SITE.options(sight))
    if not told and row is not None:
        told = _detail(sight, row)
    lines = wrapped(told, room)[:DETAIL_ROWS]
    strong = bool(_wrong(sight, prompt)) or prompt.query is Query.SITE
    return [(Span(f"  {line}", Tone.STRONG if strong else Tone.QUIET),) for line in lines]


def _wrong(sight: Sight, prompt: Listing) -> str:
    """Return what is wrong with the line that is being written, or why it was not taken."""
    if prompt.query is None:
        return ""
    if prompt.slip is None:
        return refusal(sight, prompt.line) if isinstance(prompt.line, Note) else ""
    slip = sight.words.named("slip", prompt.slip.value, age=either(prompt.typed))
    if len(prompt.lines) == 1:
        return slip
    return sight.words.text("list.bad", line=prompt.at + 1, lines=len(prompt.lines), slip=slip)


def _detail(sight: Sight, row: ListRow) -> str:
    """Return everything that is known of a row."""
    words = sight.words
    why = words.named("cancellation", row.why.value) if row.why else ""
    to = words.text("list.to", day=sight.forms.day(row.moved_to)) if row.moved_to else ""
    holds = (
        words.text("weight.hold", rule=getattr(one.label, words.language.value))
        for one in row.holds
    )
    parts = (
        _codes(row),
        words.text(f"pick.{row.site}")[2:] if row.site in SITE.picks else "",
        row.by,
        row.case or "",
        why,
        to,
        *(holds if not row.state.over else ()),
    )
    return " · ".join(part for part in parts if part)


def _codes(row: ListRow) -> str:
    return " ".join((row.code, *row.procedures))


def _band(sight: Sight, row: ListRow) -> str:
    return sight.words.named("band_short", row.band)


def _side(sight: Sight, row: ListRow) -> str:
    return sight.words.named("side", row.side.value) if row.side else ""
