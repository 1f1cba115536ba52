"""How many cases of some days came to what, and how their days stood: the head of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from daemon.protocol.month import DayLine, Month, Totals
from tui.monthgrid import MARKS
from vagt.report.section import head
from vagt.report.speech import Speech
from vitals.practice import Readiness

RESULTS = ("pass", "review", "fail", "running", "unjudged")
"""What a case may come to on one basis."""
UNKNOWN = " "
"""Of a day that the journal does not reach, or that is to come."""


class Day(NamedTuple):
    """One cell of the calendar."""

    number: str
    mark: str
    state: str
    cases: str


class Fact(NamedTuple):
    """One figure with its name."""

    name: str
    value: str


def calendar(days: tuple[DayLine, ...]) -> list[list[Day | None]]:
    """Return the days in weeks from Monday; null before the first and after the last."""
    cells: list[Day | None] = [None] * days[0].day.weekday() if days else []
    cells += [_day(one, days[0]) for one in days]
    cells += [None] * (-len(cells) % 7)
    return [cells[first : first + 7] for first in range(0, len(cells), 7)]


def _day(one: DayLine, first: DayLine) -> Day:
    begins = one.day.day == 1 and one is not first
    number = f"{one.day.day}.{one.day.month}." if begins or one is first else f"{one.day.day}."
    state = "unknown" if one.state is None else one.state.value
    mark = UNKNOWN if one.state is None else MARKS[one.state]
    return Day(number, mark, state, str(one.cases) if one.cases else "")


def legend(speech: Speech, days: tuple[DayLine, ...]) -> list[tuple[str, str, str, str]]:
    """Return mark, state, words and number of days for each of the five states."""
    counted = Counter(one.state for one in days)
    found = [(MARKS[one], one.value, _said(speech, one), str(counted[one])) for one in MARKS]
    if counted[None]:
        found.append((UNKNOWN, "unknown", speech.text("unknown"), str(counted[None])))
    return found


def _said(speech: Speech, state: Readiness) -> str:
    return speech.words.text(f"owner.day.{state.value}")


def facts(speech: Speech, sums: Month) -> Iterator[Fact]:
    """Yield what the owner asks first."""
    words = speech.words
    yield Fact(speech.text("anaesthetics"), str(sums.anaesthetics))
    yield Fact(words.text("owner.treated"), str(sums.treatments))
    yield Fact(words.text("owner.waived"), _waived(speech, sums))
    outside = words.text("owner.information", count=sums.outside)
    yield Fact(words.text("owner.outside"), outside)
    often, hours = speech.number(sums.alarms.per_hour, 2), speech.number(sums.alarms.case_hours, 1)
    said = words.text("owner.unwatched")
    if sums.alarms.per_hour is not None:
        said = speech.text("often", often=often, alarms=sums.alarms.alarms, hours=hours)
    yield Fact(words.text("owner.alarms"), said)
    yield Fact(speech.text("lost"), str(sums.lost))


def _waived(speech: Speech, sums: Month) -> str:
    if not sums.unexplained:
        return str(sums.waived)
    return f"{sums.waived}, {speech.words.text('owner.unexplained', count=sums.unexplained)}"


def totals(speech: Speech, sums: Month) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heads and rows: how many cases came to what on each basis."""
    heads = tuple(head(speech, one) for one in ("basis", *RESULTS))
    rows = [
        (speech.text(f"basis.{name}"), *counts(getattr(sums, name)))
        for name in ("contract", "advisory", "blocks")
    ]
    return heads, rows


def counts(one: Totals) -> tuple[str, ...]:
    """Return how many cases came to what, in the order of `RESULTS`."""
    every = (one.passed, one.review, one.failed, one.open, one.unjudged)
    return tuple(str(count) for count in every)
