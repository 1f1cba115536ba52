"""What was answered to rows of checklists over days: by row, and one by one where it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from checklists.entry import Entry, standing
from checklists.lists import Lists
from checklists.marks import Marked, marked
from checklists.template import Ask
from daemon.listed import phrase, stamp
from daemon.protocol.daylist import Phrase
from daemon.report.term import Answered, Checked
from vitals.acts import Mark
from vitals.practice import Outcome, Responsible

DEFIBRILLATOR = "defibrillator"
"""The group of rows that is about it."""


def marks(said: Iterable[Entry], days: Collection[date]) -> list[Marked]:
    """Return every answer of some days that stands, in the order of its moments."""
    kept = (one for one in standing(said) if one.day in days)
    found = [row for one in kept if isinstance(one.act, Mark) for row in marked(one, one.act)]
    return sorted(found, key=lambda one: (*one.place, one.list, one.row, one.target))


def checked(
    lists: Lists, found: Iterable[Marked], overdue: Collection[tuple[str, str]]
) -> Iterator[Checked]:
    """Yield each row that was answered; `overdue` has rows and targets that still wait."""
    asks = lists.asks
    counted = Counter((one.list, one.row, one.target, one.outcome) for one in found)
    for key in sorted({one[:3] for one in counted}):
        name, row, target = key
        yield Checked(
            list=name,
            title=_title(lists, name),
            row=row,
            label=_label(asks.get((name, row)), row),
            target=target,
            responsible=_responsible(asks.get((name, row))),
            source=_source(asks.get((name, row))),
            done=counted[*key, Outcome.DONE],
            failed=counted[*key, Outcome.FAILED],
            not_applicable=counted[*key, Outcome.NOT_APPLICABLE],
            overdue=(row, target) in overdue,
        )


def defibrillator(lists: Lists, found: Iterable[Marked]) -> Iterator[Answered]:
    """Yield each answer to a row about the defibrillator."""
    asks = lists.asks
    for one in found:
        ask = asks.get((one.list, one.row))
        if ask is not None and ask.row.group == DEFIBRILLATOR:
            yield Answered(
                at=stamp(one.at),
                row=one.row,
                label=phrase(ask.label),
                target=one.target,
                outcome=one.outcome,
                by=one.by,
                responsible=ask.row.responsible,
                reason=one.reason,
            )


def _title(lists: Lists, name: str) -> Phrase:
    """Return what a list is called; its id where it is in force no more."""
    found = lists.find(name)
    return Phrase(name, name, name) if found is None else phrase(found.label)


def _label(ask: Ask | None, row: str) -> Phrase:
    """Return what a row asks; its id where no list in force has it any more."""
    return Phrase(row, row, row) if ask is None else phrase(ask.label)


def _responsible(ask: Ask | None) -> Responsible:
    return Responsible.ANAESTHESIOLOGIST if ask is None else ask.row.responsible


def _source(ask: Ask | None) -> str:
    return "" if ask is None else str(ask.row.source)
