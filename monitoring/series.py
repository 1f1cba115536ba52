"""Series of treatments: how many, how far apart, and when the next series may begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from monitoring.findings import Finding, Rule, finding
from monitoring.treatmentrules import Interval, Renewal, Series, TreatmentRules, of
from monitoring.treatments import Setting, Treatment, repeated
from vitals.months import months_after
from vitals.series import Choice, History


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything given at one place of one patient on one day: one treatment of a series."""

    day: date
    steroid: bool
    diagnostic: bool
    """Only to find out, and without steroid."""
    choice: Choice


@dataclass(frozen=True, slots=True)
class Line:
    """All visits of one place up to the new one, and which of them count in its series."""

    visits: tuple[Visit, ...]
    """Without diagnostic blocks that come before a series."""
    series: tuple[Visit, ...]
    """Those of the series that the new visit belongs to, itself last; empty where it is none."""
    row: Series
    interval: Interval
    renewal: Renewal

    @property
    def new(self) -> Visit:
        """Return the visit that is judged."""
        return self.series[-1]

    @property
    def renewed(self) -> date | None:
        """Return the first day of the next series, by the last steroid before the new visit."""
        given = [visit.day for visit in self.visits[:-1] if visit.steroid]
        return months_after(given[-1], self.renewal.months) if given else None


def series_findings(
    rules: TreatmentRules, past: Sequence[Treatment], new: Treatment, setting: Setting
) -> Iterator[Finding]:
    """Yield what the rules of series say of a new treatment."""
    line = _line(rules, _visits(repeated(past, new)), new.code)
    if line is None:
        return
    if setting.history is History.UNKNOWN:
        yield finding(rules.readings["history_unknown"])
    if line.series:
        yield from _number(rules, line)
        yield from _gaps(rules, line)
        yield from _renewal(line)


def _visits(treatments: Sequence[Treatment]) -> tuple[Visit, ...]:
    """Return the days of treatments; what was said last on a day holds for it."""
    days = [list(group) for _, group in groupby(treatments, key=lambda one: one.day)]
    return tuple(
        Visit(
            day=given[0].day,
            steroid=any(one.steroid is not None for one in given),
            diagnostic=all(one.diagnostic and one.steroid is None for one in given),
            choice=given[-1].choice,
        )
        for given in days
    )


def _line(rules: TreatmentRules, visits: tuple[Visit, ...], code: str) -> Line | None:
    """Return the visits put into series; None where the service knows no series."""
    rows = of(rules.series, code)
    if not rows:
        return None
    (row,), (interval,) = rows, of(rules.intervals, code)
    (renewal,) = of(rules.renewals, code)
    parts = [_counted(part, row) for part in _parts(visits, interval, renewal)]
    every = tuple(visit for part in parts for visit in part)
    return Line(every, parts[-1], row, interval, renewal)


def _parts(
    visits: tuple[Visit, ...], interval: Interval, renewal: Renewal
) -> Iterator[tuple[Visit, ...]]:
    """Yield series after series, by what was said and, unsaid, by what the texts allow."""
    begin = 0
    for number in range(1, len(visits)):
        if _anew(visits[:number], visits[number], interval, renewal):
            yield visits[begin:number]
            begin = number
    yield visits[begin:]


def _anew(before: tuple[Visit, ...], visit: Visit, interval: Interval, renewal: Renewal) -> bool:
    """Tell whether a visit begins a series; unsaid, it does once a new one is allowed."""
    if visit.choice is not Choice.UNSAID:
        return visit.choice is Choice.NEW
    last = before[-1].day
    steroids = [one.day for one in before if one.steroid]
    allowed = months_after(steroids[-1] if steroids else last, renewal.months)
    return visit.day >= allowed and (visit.day - last).days > interval.most_days


def _counted(part: tuple[Visit, ...], row: Series) -> tuple[Visit, ...]:
    return part[1:] if row.diagnostic_first and part[0].diagnostic else part


def _number(rules: TreatmentRules, line: Line) -> Iterator[Finding]:
    """Yield a finding where a series has more treatments than it may."""
    row, found = line.row, len(line.series)
    steroids = sum(visit.steroid for visit in line.series)
    if line.new.steroid and steroids > row.most:
        yield finding(row, earliest=line.renewed, value=steroids, limit=row.most)
    elif row.counts == "all" and found > row.most:
        reading = rules.readings["local_counts"]
        yield finding(reading, earliest=line.renewed, value=found, limit=row.most)
    for more in of(rules.repeats, row.code):
        if found > more.most:
            yield finding(more, earliest=line.renewed, value=found, limit=more.most)


def _gaps(rules: TreatmentRules, line: Line) -> Iterator[Finding]:
    """Yield a finding where the new treatment comes too early, or late and nobody said why."""
    row, new = line.interval, line.new
    for rule in (row, rules.readings["mixed_gap"]):
        close = [one for one in line.visits[:-1] if _bound(rules, row, one, new) is rule]
        if close and (gap := (new.day - close[-1].day).days) < row.least_days:
            due = close[-1].day + timedelta(days=row.least_days)
            yield finding(rule, earliest=due, value=gap, limit=row.least_days)
            return
    if len(line.series) > 1 and new.choice is Choice.UNSAID:
        last = line.series[-2]
        gap = (new.day - last.day).days
        if gap > row.most_days and _bound(rules, row, last, new) is not None:
            reading = rules.readings["long_gap"]
            yield finding(reading, earliest=line.renewed, value=gap, limit=row.most_days)


def _bound(rules: TreatmentRules, row: Interval, one: Visit, new: Visit) -> Rule | None:
    """Return the rule that the days between two visits are held to; None where none binds them."""
    if row.when == "always" or (one.steroid and new.steroid):
        return row
    return rules.readings["mixed_gap"] if one.steroid or new.steroid else None


def _renewal(line: Line) -> Iterator[Finding]:
    """Yield a finding where a new series begins too early; what no series counts begins none."""
    members = [one for one in line.series if one.steroid or line.row.counts == "all"]
    begins = members[:1] == [line.new]
    if begins and line.renewed is not None and line.new.day < line.renewed:
        yield finding(line.renewal, earliest=line.renewed)
