"""What stands under one topic of a month, in rows; pure."""

from __future__ import annotations

from daemon.protocol.month import (
    Cancelled,
    CaseLine,
    Condition,
    DayLine,
    Hole,
    Month,
)
from daemon.protocol.practice import CylinderLine, Machine, PackLine, Reason, Supply
from tui import monthlist
from tui.gasline import thing
from tui.machineline import machineline
from tui.monthgrid import mark
from tui.page import Block, block
from tui.prompt import Owner
from tui.readyline import entry
from tui.sight import Sight
from tui.span import Tone
from tui.stockline import packline
from tui.topic import Topic
from tui.verdict import ground


def listed(sight: Sight, prompt: Owner, found: Month, topic: Topic, width: int) -> list[Block]:
    """Return an entry for each row of a topic; how many more there are comes last."""
    rows = monthlist.rows(found, topic)
    here = min(prompt.row, len(rows) - 1)
    shown = [_row(sight, one, width, marked=y == here) for y, one in enumerate(rows)]
    if not shown:
        return [block("none", "   ", sight.words.text("owner.nothing"), "", width)]
    more = found.more.get("cases" if topic in monthlist.OF_CASES else topic.value, 0)
    word = sight.words.text("owner.more", count=more)
    rest = Block("more", block("", "   ", word, "", width).rows, counts=False)
    return [*shown, rest] if more else shown


def _row(sight: Sight, one: object, width: int, *, marked: bool) -> Block:
    match one:
        case PackLine():
            return packline(sight, one, width, marked=marked)
        case Machine():
            return machineline(sight, one, width, marked=marked)
        case Supply() | CylinderLine():
            return thing(sight, one, width, marked=marked)
        case Reason():
            return entry(sight, one, sight.today, width, marked=marked)
        case _:
            return _plain(sight, one, width, marked=marked)


def _plain(sight: Sight, one: object, width: int, *, marked: bool) -> Block:
    text, right = _words(sight, one)
    tone = Tone.STRONG if marked else Tone.PLAIN
    return block(text, f" {'▸' if marked else ' '} ", text, right, width, tone)


def _words(sight: Sight, one: object) -> tuple[str, str]:
    """Return what a row is about, and what is to be known of it."""
    match one:
        case CaseLine():
            return _case(sight, one)
        case DayLine():
            return _day(sight, one)
        case Condition():
            return _condition(sight, one)
        case Cancelled():
            return _cancelled(sight, one)
        case _:
            return _hole(sight, one) if isinstance(one, Hole) else ("", "")


def _case(sight: Sight, one: CaseLine) -> tuple[str, str]:
    """Return `KN-261121-014 · 3022` and its first reason, or what else is to be known of it."""
    words = sight.words
    text = f"{one.case} · {one.code or words.text('owner.uncoded')}"
    parts = [ground(words, one.reasons[0])] if one.reasons else []
    parts += [f"+{len(one.reasons) - 1}"] if len(one.reasons) > 1 else []
    parts += [words.text("owner.running")] if one.open else []
    parts += [words.text("owner.unjudged")] if one.result is None and not one.open else []
    parts += [words.text("owner.fits", code=one.fits)] if one.fits else []
    parts += [words.text("owner.waiver")] if one.waived and not one.reasons else []
    return text, " · ".join(parts)


def _day(sight: Sight, one: DayLine) -> tuple[str, str]:
    state = sight.words.text(f"owner.day.{one.state.value}") if one.state else ""
    count = sight.words.text("owner.cases", count=one.cases) if one.cases else ""
    return f"{mark(one)} {sight.forms.day(one.day)} · {state}", count


def _condition(sight: Sight, one: Condition) -> tuple[str, str]:
    often = "" if one.per_hour is None else sight.forms.number(one.per_hour, 1)
    priority = sight.words.named("priority", one.priority.value)
    name = sight.words.named("alarm", one.alarm)
    return f"{name} · {priority}", sight.words.text("owner.often", count=one.count, often=often)


def _cancelled(sight: Sight, one: Cancelled) -> tuple[str, str]:
    word = "owner.otherwise" if one.why is None else f"cancellation.{one.why.value}"
    parts = (sight.forms.day(one.day), one.case or sight.words.text("owner.unopened"))
    return " · ".join(parts), sight.words.text(word)


def _hole(sight: Sight, one: Hole) -> tuple[str, str]:
    begin, end = sight.local_text(one.begin), sight.local_text(one.end)
    text = f"{sight.forms.day(begin)} {begin:%H:%M}-{end:%H:%M}"
    return text, sight.words.text("owner.watched", count=one.cases)
