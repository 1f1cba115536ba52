"""Each day of a month: how it stood, what was done there, and how long its lists took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from checklists.entry import Entry
from checklists.lists import Lists
from checklists.runs import Run, runs
from daemon.clock import local_date
from daemon.listed import phrase, stamp
from daemon.month.calendar import Sessions, worst
from daemon.month.walk import begun, moment
from daemon.protocol.daylist import Phrase
from daemon.protocol.month import DayLine, ListRun
from daemon.tally import Span
from monitoring.case import Case
from vitals.instant import Instant


def daylines(
    own: Iterable[date],
    cases: Iterable[Case],
    sessions: Sessions,
    done: Sequence[ListRun],
    known: Span,
) -> Iterator[DayLine]:
    """Yield every day; of those that `known` does not reach nothing is said."""
    counted = Counter(local_date(moment(one)) for one in cases if begun(one))
    first, last = (local_date(Instant(0.0, wall)) for wall in (known.begin, known.end))
    for day in own:
        if not first <= day <= last:
            yield DayLine(day, None)
            continue
        places = sessions.on(day, begun=counted[day] > 0)
        of_day = [one for one in done if one.day == day]
        yield DayLine(day, worst(places), counted[day], places, tuple(of_day))


def listed(lists: Lists, said: Iterable[Entry]) -> tuple[ListRun, ...]:
    """Return every run of a list of a day, in the order in which they began."""
    return tuple(_run(lists, one) for one in runs(lists, said) if one.day is not None)


def _run(lists: Lists, run: Run) -> ListRun:
    template = lists.find(run.list)
    label = phrase(template.label) if template else Phrase(run.list, run.list, run.list)
    return ListRun(
        list=run.list,
        label=label,
        target=run.target,
        day=run.day,
        begun=stamp(run.begun),
        took_s=run.took_s,
        answered=len(run.answers),
        amiss=len(run.amiss),
        by=run.people,
        signed_by=run.signed.by if run.signed else "",
    )
