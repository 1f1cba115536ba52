"""The month of the practice: what its anaesthetics came to, and how ready it was; pure."""

from __future__ import annotations

from daemon.protocol.month import Month
from tui import leafing, monthlist
from tui.monthgrid import grid
from tui.monthrows import listed
from tui.monthtopics import overview, title
from tui.monthwhole import whole
from tui.page import page
from tui.prompt import Owner
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, spread, wrapped

GRID = 38
"""Cells that the calendar has beside the topics."""
BESIDE = (78, 9)
"""In a smaller page it has no room there: it is a list of days behind its topic."""
ASKED_S, PATIENCE_S = 0.5, 60.0
"""After so long it is said that a month is being read; and that it seems not to come."""


def ownerview(sight: Sight, width: int, height: int) -> list[Row]:
    """Return `height` rows of the month that is open."""
    prompt = sight.prompt
    if not isinstance(prompt, Owner):
        return [fit((), width) for _ in range(height)]
    found = leafing.told(sight, prompt)
    head = [_title(sight, prompt, found, width)]
    if found is None:
        body = _said(_waiting(sight, prompt), width)
    else:
        head += _told(sight, found, width) if prompt.topic is None else []
        body = _body(sight, prompt, found, width, max(1, height - len(head)))
    rows = [*head, *body]
    return [fit(rows[y] if y < len(rows) else (), width) for y in range(height)]


def _title(sight: Sight, prompt: Owner, found: Month | None, width: int) -> Row:
    """Return the month that is open and, once it is told, until when it was read."""
    year, number = leafing.wanted(sight, prompt).split("-")
    month = sight.words.text(f"month.{int(number)}")
    name = f" {sight.words.text('owner.title')} · {month} {year}"
    if found is None:
        return (Span(name, Tone.STRONG),)
    then = sight.local_text(found.at)
    read = sight.words.text("owner.read", day=sight.forms.day(then), time=f"{then:%H:%M}")
    right = "" if found.over else f"{read} "
    if prompt.topic is not None:
        name = f" {month} {year} · {title(sight, prompt.topic)}"
        right = ""
    return spread((Span(name, Tone.STRONG),), (Span(right, Tone.QUIET),) if right else (), width)


def _told(sight: Sight, found: Month, width: int) -> list[Row]:
    """Return how many anaesthetics of which service there were, and what the journal lacks."""
    words = sight.words
    parts = [words.text("owner.given", count=found.anaesthetics)]
    parts += [f"{one.code or words.text('owner.uncoded')} {one.cases}" for one in found.codes]
    lines = _said(" · ".join(parts), width)
    lacks = []
    if found.since:
        day = sight.forms.day(sight.local_text(found.since))
        lacks.append(words.text("owner.since", day=day))
    if found.lost:
        lacks.append(words.text("owner.lost", count=found.lost))
    return [*lines, *_said(" · ".join(lacks), width)]


def _body(sight: Sight, prompt: Owner, found: Month, width: int, height: int) -> list[Row]:
    if prompt.topic is None:
        return _overview(sight, prompt, found, width, height)
    rows = monthlist.rows(found, prompt.topic)
    if prompt.opened and rows:
        lines = whole(sight, rows[min(prompt.row, len(rows) - 1)], width)
        first = max(0, min(prompt.page, len(lines) - height))
        return lines[first : first + height]
    return page(listed(sight, prompt, found, prompt.topic, width), prompt.row, height).rows


def _overview(sight: Sight, prompt: Owner, found: Month, width: int, height: int) -> list[Row]:
    """Return the topics and, where there is room, the calendar beside them."""
    if width < BESIDE[0] or height < BESIDE[1]:
        return page(overview(sight, prompt, found, width), prompt.at, height).rows
    left = width - GRID
    rows = page(overview(sight, prompt, found, left), prompt.at, height).rows
    beside = grid(sight, found)
    return [(*fit(_at(rows, y), left), *_at(beside, y)) for y in range(max(len(rows), len(beside)))]


def _at(rows: list[Row], place: int) -> Row:
    return rows[place] if place < len(rows) else ()


def _waiting(sight: Sight, prompt: Owner) -> str:
    """Return why nothing is shown: it is being read, or is not to be had."""
    words = sight.words
    if sight.reach is not Reach.LIVE:
        return words.text("owner.untold")
    answer = sight.months.answer(prompt.request)
    if answer is not None:
        return words.text("owner.unreadable", detail=answer.detail)
    if prompt.request and sight.months.refused == prompt.request:
        return words.text("owner.unknown")
    waited_s = 0.0 if prompt.since is None else sight.now.monotonic - prompt.since
    if waited_s > PATIENCE_S:
        return words.text("owner.unanswered")
    return words.text("owner.reading") if waited_s > ASKED_S else ""


def _said(text: str, width: int) -> list[Row]:
    return [(Span(f" {line}"),) for line in wrapped(text, width - 2)]
