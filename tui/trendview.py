"""What was measured at the bed over an hour, a case or a day: one lane a measure; pure.

A part of the time without a number stays empty, and what was told is never without its time.
"""

from __future__ import annotations

from rich.cells import cell_len

from daemon.protocol.messages import Refusal
from daemon.protocol.trend import Span as Extent
from daemon.protocol.trend import Trend as Told
from tui.axis import axis, marks
from tui.history import LATE_S
from tui.lanes import Lane, lanes
from tui.plot import plotted
from tui.prompt import Trend, page_of
from tui.sight import Reach, Sight
from tui.span import GAP, Row, Span, Tone, fit, spread, width_of, wrapped
from tui.trending import wanted
from vitals.reading import Origin

SAID_S = 0.5
"""An answer that is waited for so long is said to be."""
LANE_ROWS, FIRST_ROWS = 2, 4
"""A lane has at least so many rows, the first one more; together they fill what there is."""
TWO_ROWS = 14
"""From so many rows on alarms have a row of their own."""
_NAME_CELLS = 14


def trendview(sight: Sight, width: int, height: int) -> list[Row]:
    """Return `height` rows: what is shown and as of when, the lanes, the time, what happened."""
    prompt = page_of(sight.prompt)
    if not isinstance(prompt, Trend):
        return [fit((), width) for _ in range(height)]
    told = sight.history.told(wanted(sight, prompt))
    rows = [_title(sight, prompt, told, width)]
    if told is None or told.trouble is not None:
        rows += _said(_why(sight, prompt, told), width)
    else:
        rows += _drawn(sight, prompt, told, (width, height - 1))
    return [fit(rows[y] if y < len(rows) else (), width) for y in range(height)]


def _title(sight: Sight, prompt: Trend, told: Told | None, width: int) -> Row:
    """Return which span is shown, and as of when; the others are named where there is room."""
    right = () if told is None else _current(sight, told)
    words = sight.words
    spans = tuple(
        Span(
            f" {'▸' if one is prompt.span else ' '}{words.text(f'trend.{one.value}')}",
            Tone.STRONG if one is prompt.span else Tone.QUIET,
        )
        for one in Extent
    )
    stretch = Span("" if told is None else f"   {_stretch(sight, told)}", Tone.STRONG)
    lead = Span(f" {words.text('trend.title')} ", Tone.STRONG)
    left = (lead, *spans, stretch)
    if width_of(left) + width_of(right) + GAP > width:
        left = (*(span for span in spans if span.tone is Tone.STRONG), stretch)
    return spread(left, right, width)


def _stretch(sight: Sight, told: Told) -> str:
    """Return from when to when, with the day unless it is today."""
    since, until = (sight.local_text(one) for one in (told.since, told.until))
    today = since.date() == sight.local(sight.now.wall).date()
    day = "" if today else f"{sight.forms.day(since.date())} "
    return f"{day}{since:%H:%M}-{until:%H:%M}"


def _current(sight: Sight, told: Told) -> Row:
    """Return as of when it is, and what keeps it from being told anew."""
    at = sight.local_text(told.at)
    as_of = sight.words.text("trend.as_of", time=f"{at:%H:%M:%S}")
    word = _missing(sight)
    trouble = f"{sight.words.text(word)} · " if word else ""
    shown = any(one.origin is Origin.SIMULATED for one in sight.devices)
    simulated = not shown and any(one.origin is Origin.SIMULATED for one in told.tracks)
    ribbon = (Span(f" {sight.words.text('origin.simulated')} ", Tone.RIBBON), Span(" "))
    lead = Span(f"{trouble}{as_of} ", Tone.STRONG if trouble else Tone.QUIET)
    return (*(ribbon if simulated else ()), lead)


def _missing(sight: Sight) -> str:
    """Return what is to be said of an answer that does not come; empty where all is well."""
    if sight.reach is not Reach.LIVE:
        return "trend.lost"
    waited_s = sight.history.waited_s(sight.now)
    if waited_s > LATE_S:
        return "trend.unanswered"
    return "trend.waiting" if waited_s > SAID_S else ""


def _why(sight: Sight, prompt: Trend, told: Told | None) -> str:
    """Return why nothing is drawn; empty while an answer may still come at once."""
    if told is not None and told.trouble is not None:
        return sight.words.named("trend", told.trouble.value)
    if (refused := sight.history.refused(wanted(sight, prompt))) is not None:
        none = refused.reason is Refusal.NO_CASE
        return sight.words.text("trend.no_case" if none else "trend.refused")
    word = _missing(sight)
    return sight.words.text(word) if word else ""


def _said(text: str, width: int) -> list[Row]:
    return [(), *((Span(f"  {line}", Tone.STRONG),) for line in wrapped(text, width - 4))]


def _drawn(sight: Sight, prompt: Trend, told: Told, size: tuple[int, int]) -> list[Row]:
    """Return the lanes that have room, the time and what happened below them."""
    width, height = size
    found = lanes(sight, prompt)
    apart = height >= TWO_ROWS
    below = 3 if apart else 2
    room = max(LANE_ROWS, height - below)
    count = max(1, room // LANE_ROWS)
    top = max(0, min(prompt.top, len(found) - count))
    shown = found[top : top + count]
    left, right = _beside(shown)
    plot = max(1, width - left - right)
    rows = _said(sight.words.text("trend.none"), width) if not shown else []
    for lane, tall in zip(shown, _heights(len(shown), room), strict=True):
        rows += _lane(lane, (left, plot, tall))
    hidden = len(found) - len(shown)
    aside = sight.words.text("trend.more", count=hidden) if hidden else ""
    lead = Span(" " * left)
    rows = [*rows, *[()] * (0 if shown else room - len(rows))]
    rows.append((lead, *axis(sight, told, plot), Span(f" {aside}", Tone.STRONG)))
    return [*rows, *((lead, *row) for row in marks(sight, told, plot, apart=apart))]


def _heights(count: int, room: int) -> list[int]:
    """Return the rows of each lane: what is left over goes to the first, and then to all."""
    if not count:
        return []
    first = min(FIRST_ROWS, room - LANE_ROWS * (count - 1))
    least = [max(LANE_ROWS, first), *[LANE_ROWS] * (count - 1)]
    more, rest = divmod(max(0, room - sum(least)), count)
    return [tall + more + (number < rest) for number, tall in enumerate(least)]


def _beside(shown: list[Lane]) -> tuple[int, int]:
    """Return the cells that names and figures take beside every lane."""
    names = [max(map(cell_len, (one.name, one.unit, one.device))) for one in shown]
    figures = [cell_len(text) for one in shown for text in _figures(one, LANE_ROWS)]
    return min(_NAME_CELLS, max(names, default=0)) + 7, max(figures, default=0) + 2


def _figures(lane: Lane, rows: int) -> tuple[str, ...]:
    """Return the figures of a lane, the two last together where it is low."""
    least, most, mean = lane.figures
    return lane.figures if rows > LANE_ROWS else (least, f"{mean} {most}")


def _lane(lane: Lane, size: tuple[int, int, int]) -> list[Row]:
    """Return a lane: its name and bounds, what was measured, and its figures."""
    left, width, height = size
    limits = [limit for _, limit in lane.limits]
    drawn = plotted(lane.parts, lane.bounds, limits, (width, height), lane.tone)
    named = (lane.name, *((lane.device,) if lane.device else ()), lane.unit)
    figures, edge = _figures(lane, height), _edges(lane, height)
    rows: list[Row] = []
    for y in range(height):
        name = fit((Span(f" {named[y] if y < len(named) else ''}", lane.tone),), left - 5)
        at = (Span(f"{edge[y]:>4} ", Tone.QUIET),)
        said = figures[y] if y < len(figures) else ""
        tone = Tone.STRONG if y == 0 else Tone.PLAIN
        rows.append((*name, *at, *fit(drawn[y], width), Span(f" {said}", tone)))
    return rows


def _edges(lane: Lane, height: int) -> list[str]:
    """Return what is written at the edge of each row: the bounds, and limits between them."""
    low, high = lane.bounds
    edge = [""] * height
    for sign, limit in lane.limits:
        edge[min(height - 1, int((high - limit) / (high - low) * height))] = f"{sign}{limit:g}"
    edge[0], edge[-1] = f"{high:g}", f"{low:g}"
    return edge
