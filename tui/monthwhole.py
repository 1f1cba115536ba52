"""One case or one day of a month, told whole in rows; pure."""

from __future__ import annotations

from collections.abc import Iterator

from daemon.protocol.month import CaseLine, DayLine, ListRun, PlaceDay
from tui.balance import judged
from tui.listrow import label
from tui.page import block
from tui.readyline import entry
from tui.sight import Sight
from tui.span import Row, Span, Tone, wrapped
from words.forms import lasting


def whole(sight: Sight, one: object, width: int) -> list[Row]:
    """Return every row of it."""
    match one:
        case CaseLine():
            return list(_case(sight, one, width))
        case DayLine():
            return list(_day(sight, one, width))
        case _:
            return []


def _case(sight: Sight, one: CaseLine, width: int) -> Iterator[Row]:
    then = sight.local_text(one.at)
    when = f"{sight.forms.day(then)} {then:%H:%M}"
    code = one.code or sight.words.text("owner.uncoded")
    yield from _said(f"{one.case} · {code} · {when}", width, Tone.STRONG)
    if one.open:
        yield from _said(sight.words.text("owner.running"), width)
    elif one.result is None:
        yield from _said(sight.words.text("owner.unjudged"), width)
    for line in judged(sight.tongue, one, lambda at: f"{sight.local_text(at):%H:%M}"):
        yield from _said(line, width)
    if one.fits:
        yield from _said(sight.words.text("owner.fits", code=one.fits), width)
    yield from _said(sight.words.named("answers", one.responsible.value), width, Tone.QUIET)


def _day(sight: Sight, one: DayLine, width: int) -> Iterator[Row]:
    count = sight.words.text("owner.cases", count=one.cases)
    yield from _said(f"{sight.forms.day(one.day)} · {count}", width, Tone.STRONG)
    for place in one.places:
        yield from _place(sight, one, place, width)
    if one.lists:
        yield from _said(sight.words.text("part.lists"), width, Tone.STRONG)
    for run in one.lists:
        yield from _run(sight, run, width)


def _place(sight: Sight, day: DayLine, place: PlaceDay, width: int) -> Iterator[Row]:
    """Yield how a clinic stood, asked when its first anaesthetic began or at the day's end."""
    state = sight.words.text(f"owner.day.{place.state.value}")
    word = "owner.first" if place.begun else "owner.last"
    asked = sight.words.text(word, time=f"{sight.local_text(place.at):%H:%M}")
    yield from _said(f"{place.name}: {state} ({asked})", width, Tone.STRONG)
    for reason in place.reasons:
        yield from entry(sight, reason, day.day, width, marked=False).rows
    if place.more:
        yield from _said(f"  {sight.words.text('owner.more', count=place.more)}", width)


def _run(sight: Sight, run: ListRun, width: int) -> Iterator[Row]:
    """Yield `Anæstesiapparat · kuffert   24 på 9 s · AS`."""
    words = sight.words
    parts = [words.text("owner.answered", count=run.answered)]
    parts += [words.text("owner.failing", count=run.amiss)] if run.amiss else []
    parts += [lasting(run.took_s)] if run.took_s is not None else []
    parts += [", ".join(run.by)] if run.by else []
    parts += [words.text("owner.signed", by=run.signed_by)] if run.signed_by else []
    name = f"{label(sight, run.label)} · {run.target}"
    yield from block("", "   ", name, " · ".join(parts), width).rows


def _said(text: str, width: int, tone: Tone = Tone.PLAIN) -> list[Row]:
    margin = " " * (len(text) - len(text.lstrip()) + 2)
    return [(Span(f"{margin}{line}", tone),) for line in wrapped(text, width - len(margin) - 1)]
