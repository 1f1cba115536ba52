"""The days of a month as a calendar of marks: each state has one of its own, and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from daemon.protocol.month import DayLine, Month
from tui.sight import Sight
from tui.span import Row, Span, Tone, width_of
from vitals.practice import Readiness

MARKS: Mapping[Readiness, str] = {
    Readiness.READY: "■",
    Readiness.NOTICES: "▣",
    Readiness.HELD: "□",
    Readiness.UNCHECKED: "?",
    Readiness.UNUSED: "·",
}
_WEEK = 7
_DAY = "{:>2} "


def mark(day: DayLine) -> str:
    """Return the mark of a day; a blank for one of which nothing is known."""
    return " " if day.state is None else MARKS[day.state]


def grid(sight: Sight, found: Month) -> list[Row]:
    """Return a title, the days of the week, a row for each week, and beside them what marks say."""
    weeks = list(_weeks(found.days))
    days = "".join(f" {one}" for one in sight.words.text("owner.weekdays").split())
    calendar = [f"   {days}", *(_week(week) for week in weeks)]
    legend = ["", *_legend(sight, found.days)]
    cells = width_of((Span(calendar[0]),)) + 2
    height = max(len(calendar), len(legend))
    title: Row = (Span(sight.words.text("owner.ready"), Tone.STRONG),)
    return [
        title,
        *(
            (Span(_at(calendar, y).ljust(cells)), Span(_at(legend, y), Tone.QUIET))
            for y in range(height)
        ),
    ]


def _at(rows: list[str], place: int) -> str:
    return rows[place] if place < len(rows) else ""


def _weeks(days: tuple[DayLine, ...]) -> Iterator[list[DayLine | None]]:
    """Yield the days of each week from Monday; None before the first and after the last."""
    week: list[DayLine | None] = [None] * (days[0].day.weekday() if days else 0)
    for one in days:
        week.append(one)
        if len(week) == _WEEK:
            yield week
            week = []
    if week:
        yield week


def _week(week: list[DayLine | None]) -> str:
    first = next(one.day.day for one in week if one is not None)
    marks = "".join(f" {' ' if one is None else mark(one)}" for one in week)
    return _DAY.format(first) + marks


def _legend(sight: Sight, days: tuple[DayLine, ...]) -> Iterator[str]:
    """Yield `■ klar 14` for each state, counted."""
    counted = Counter(one.state for one in days)
    for state, sign in MARKS.items():
        word = sight.words.text(f"owner.day.{state.value}")
        yield f"{sign} {word} {counted[state]}"
