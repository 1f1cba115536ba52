"""The month of the practice: what its anaesthetics came to, and how ready it was; pure."""

from __future__ import annotations

from daemon.protocol.month import Month
from daemon.protocol.practice import Reason
from tui import leafing, monthlist
from tui.monthgrid import grid
from tui.monthrows import listed
from tui.monthtopics import overview, title
from tui.monthwhole import whole
from tui.page import page
from tui.prompt import Owner
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, spread, wrapped

GRID, TOPICS, GAP = 37, 64, 2
"""Cells that the calendar has beside the topics, that those have at most, and between them."""
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
    title = _title(sight, prompt, found)
    if found is None or monthlist.unreached(found):
        said = _waiting(sight, prompt) if found is None else _unreached(sight, found)
        return _filled([title, *_said(said, width)], width, height)
    head = _told(sight, found, width) if prompt.topic is None else []
    foot = _foot(sight, prompt, found, width)
    body, hidden = _body(sight, prompt, found, width, max(1, height - len(head) - len(foot) - 1))
    body = _filled(body, width, max(0, height - len(head) - len(foot) - 1))
    first = spread(title, hidden or _read(sight, prompt, found), width)
    return _filled([first, *head, *body, *foot], width, height)


def _filled(rows: list[Row], width: int, height: int) -> list[Row]:
    return [fit(rows[y] if y < len(rows) else (), width) for y in range(height)]


def _title(sight: Sight, prompt: Owner, found: Month | None) -> Row:
    """Return the month that is open, and the topic of it."""
    year, number = leafing.wanted(sight, prompt).split("-")
    month = f"{sight.words.text(f'month.{int(number)}')} {year}"
    whole = found is None or prompt.topic is None
    name = f"{sight.words.text('owner.title')} · {month}" if whole else month
    topic = f" · {title(sight, prompt.topic)}" if prompt.topic is not None and not whole else ""
    return (Span(f" {name}{topic}", Tone.STRONG),)


def _read(sight: Sight, prompt: Owner, found: Month) -> Row:
    """Return until when a month was read that is not over."""
    if found.over or prompt.topic is not None:
        return ()
    then = sight.local_text(found.at)
    read = sight.words.text("owner.read", day=sight.forms.day(then), time=f"{then:%H:%M}")
    return (Span(f"{read} ", Tone.QUIET),)


def _foot(sight: Sight, prompt: Owner, found: Month, width: int) -> list[Row]:
    """Return who answers for the row that is chosen, and the document that it stands in."""
    if prompt.topic is None or prompt.opened:
        return []
    rows = monthlist.rows(found, prompt.topic)
    one = rows[min(prompt.row, len(rows) - 1)] if rows else None
    if not isinstance(one, Reason):
        return []
    who = sight.words.named("answers", one.responsible.value)
    return _said(" · ".join(part for part in (who, one.document or one.source) if part), width)


def _told(sight: Sight, found: Month, width: int) -> list[Row]:
    """Return how many anaesthetics of which service there were, and what the journal lacks."""
    words = sight.words
    parts = [words.text("owner.given", count=found.anaesthetics)]
    parts += [f"{one.code or words.text('owner.uncoded')}\u00a0{one.cases}" for one in found.codes]
    lines = _said(" · ".join(parts), width)
    lacks = []
    if found.since:
        day = sight.forms.day(sight.local_text(found.since))
        lacks.append(words.text("owner.since", day=day))
    if found.lost:
        lacks.append(words.text("owner.lost", count=found.lost))
    return [*lines, *_said(" · ".join(lacks), width)]


def _unreached(sight: Sight, found: Month) -> str:
    """Return that nothing is known of a month: no zero stands for what was not kept."""
    day = sight.forms.day(sight.local_text(found.since))
    return sight.words.text("owner.unreached", day=day)


def _body(
    sight: Sight, prompt: Owner, found: Month, width: int, height: int
) -> tuple[list[Row], Row]:
    """Return what is shown of the month, and how much of it is hidden above and below."""
    if prompt.topic is None:
        return _overview(sight, prompt, found, width, height)
    rows = monthlist.rows(found, prompt.topic)
    if prompt.opened and rows:
        lines = whole(sight, rows[min(prompt.row, len(rows) - 1)], width)
        first = max(0, min(prompt.page, len(lines) - height))
        return lines[first : first + height], _hidden(sight, first, len(lines) - first - height)
    shown = page(listed(sight, prompt, found, prompt.topic, width), prompt.row, height)
    return shown.rows, _hidden(sight, shown.above, shown.below)


def _overview(
    sight: Sight, prompt: Owner, found: Month, width: int, height: int
) -> tuple[list[Row], Row]:
    """Return the topics and, where there is room, the calendar beside them."""
    beside = width >= BESIDE[0] and height >= BESIDE[1]
    left = min(TOPICS, width - GRID) if beside else width
    room = left - GAP if beside else left
    shown = page(overview(sight, prompt, found, room), prompt.at, height)
    hidden = _hidden(sight, shown.above, shown.below)
    if not beside:
        return shown.rows, hidden
    days = grid(sight, found)
    rows = range(max(len(shown.rows), len(days)))
    return [(*fit(_at(shown.rows, y), left), *_at(days, y)) for y in rows], hidden


def _hidden(sight: Sight, above: int, below: int) -> Row:
    told_of = [
        sight.words.text(f"morning.{where}", count=count)
        for where, count in (("above", above), ("below", below))
        if count > 0
    ]
    return (Span(f"{' '.join(told_of)} ", Tone.STRONG),) if told_of else ()


def _at(rows: list[Row], place: int) -> Row:
    return rows[place] if place < len(rows) else ()


def _waiting(sight: Sight, prompt: Owner) -> str:
    """Return why nothing is shown: it is being read, or is not to be had."""
    words = sight.words
    if sight.reach is not Reach.LIVE:
        return words.text("owner.untold")
    answer = sight.months.answer(prompt.request)
    if answer is not None and not answer.pending:
        return words.text("owner.unreadable", detail=answer.detail)
    if prompt.request and sight.months.refused == prompt.request:
        return words.text("owner.unknown")
    waited_s = 0.0 if prompt.since is None else sight.now.monotonic - prompt.since
    if waited_s > PATIENCE_S:
        return words.text("owner.unanswered")
    return words.text("owner.reading") if waited_s > ASKED_S else ""


def _said(text: str, width: int) -> list[Row]:
    return [(Span(f" {line}"),) for line in wrapped(text, width - 2)]
