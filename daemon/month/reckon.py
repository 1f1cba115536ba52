"""A month put together from one walk through the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from msgspec import structs

from daemon.checkbook import Checkbook
from daemon.config import Config
from daemon.journal.event import Event
from daemon.library import Library
from daemon.month.bench import Bench
from daemon.month.bounds import Period
from daemon.month.calendar import Sessions
from daemon.month.daylines import daylines, listed
from daemon.month.dropped import dropped
from daemon.month.shortened import shortened
from daemon.month.standing import Stand, asking
from daemon.month.totals import alarms, codes, ordered, reasoned, totals
from daemon.month.walk import Walk, begun
from daemon.protocol.month import CaseLine, Month
from daemon.state import State
from daemon.tally import Span
from monitoring.case import Case
from vitals.instant import Instant
from vitals.vocabulary import CaseKind

GLANCE = 1_000
"""Once in so many events it is looked whether anything that follows can matter."""
Events = Iterable[tuple[Event, Instant]]


@dataclass(frozen=True, slots=True)
class Practice:
    """What a journal is read by."""

    config: Config
    library: Library
    book: Checkbook
    ruling: Callable[[Case], Library | None]
    """The rules that a case was opened under; None: they are not at hand."""


@dataclass(frozen=True, slots=True)
class Read:
    """A journal that was walked through."""

    walk: Walk
    sessions: Sessions
    period: Period
    known: Span
    """What of the period the journal reaches."""


@dataclass(frozen=True, slots=True)
class _Holder:
    """The state that cases are judged by."""

    state: State


def reckoned(practice: Practice, month: str, events: Events, now: Instant, since: float) -> Month:
    """Return a month as a dashboard is told of it: what is bounded is cut short, and counted."""
    read = walked(practice, Period.month(month), events, now, since)
    return shortened(summed(practice, read))


def walked(
    practice: Practice,
    period: Period,
    events: Events,
    now: Instant,
    since: float,
    *,
    logging: bool = False,
) -> Read:
    """Return what a walk found; `events` begin at a checkpoint before it, or with the journal.

    `since` is when the journal begins, by the wall clock; `logging` keeps each alarm.
    """
    span = period.span
    sessions = Sessions(asking(practice.config, practice.library, practice.book).reckoned)
    walk = Walk(span, sessions, logging=logging)
    for count, (event, at) in enumerate(events):
        walk.take(event, at)
        if count % GLANCE == 0 and walk.done:
            break
    end = min(max(now.wall, walk.last.wall), span.end)
    walk.finish(end)
    return Read(walk, sessions, period, Span(since, end))


def summed(practice: Practice, read: Read) -> Month:
    """Return what the days came to, whole."""
    walk, own, span, known = read.walk, read.period.days, read.period.span, read.known
    cases, (state, at) = walk.cases, walk.ended or (State(), walk.last)
    lines = _lines(practice, walk)
    standing = Stand(practice.config, practice.library, practice.book).at(state, at)
    done = listed(practice.book.lists, state.practice)
    whole = Month(
        month=read.period.name,
        at=at.rfc3339(),
        over=known.end >= span.end,
        since=Instant(0.0, known.begin).rfc3339() if known.begin > span.begin else "",
        cases=ordered(lines),
        cancelled=dropped(cases, state, own),
        alarms=alarms(walk.reader.tally(span)),
        days=tuple(daylines(own, cases, read.sessions, done, known)),
        standing=standing,
        holes=tuple(walk.holes),
        lost=walk.lost,
    )
    return _counted(whole, lines)


def bench(practice: Practice, walk: Walk) -> Bench:
    """Return what judges the cases that a walk has found, as they stand at its end."""
    cases = {one.number: one for one in walk.cases}
    held = replace(walk.state, cases=cases, closed={}, records=walk.records)
    return Bench(_Holder(held), practice.ruling, practice.config)


def _lines(practice: Practice, walk: Walk) -> list[CaseLine]:
    """Return every case of the days that was begun."""
    judges = bench(practice, walk)
    return [judges.line(one, walk.last) for one in walk.cases if begun(one)]


def _counted(whole: Month, lines: list[CaseLine]) -> Month:
    given = [one for one in lines if one.kind is CaseKind.ANAESTHETIC]
    blocks = [one for one in lines if one.kind is CaseKind.BLOCK]
    waived = [one for one in lines if one.waived]
    return structs.replace(
        whole,
        anaesthetics=len(given),
        treatments=len(blocks),
        codes=codes(lines),
        contract=totals(given, lambda one: one.result),
        advisory=totals(given, lambda one: one.advised),
        blocks=totals(blocks, lambda one: one.result),
        waived=sum(reasoned(one.waived) for one in waived),
        unexplained=sum(not reasoned(one.waived) for one in waived),
        outside=sum(bool(one.fits) for one in given),
    )
