"""How the places stood and what they were kept with over some days, in sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from daemon.protocol.month import ListRun, Month
from daemon.protocol.practice import Reason
from daemon.report.term import Answered, Checked, Device, Pack, Paper, Term
from vagt.report.section import Section, section
from vagt.report.speech import ABSENT, Speech, joined, local
from vitals.practice import Responsible


def sections(speech: Speech, term: Term, *, clinic: bool) -> Iterator[Section]:
    """Yield them; for a clinic only what it is told of."""
    yield _readiness(speech, term.sums)
    yield from (_kinds(speech, term), _amiss(speech, term))
    if not clinic:
        yield _lists(speech, term.sums)
        yield _defibrillator(speech, term)
        yield _stock(speech, term.packs)
    yield _gases(speech, term)
    yield _devices(speech, term.devices)
    if not clinic:
        yield _papers(speech, term.papers)


def spans(speech: Speech, days: Iterable[date]) -> str:
    """Return days in short: `2–6, 9, 30 nov, 1 dec`."""
    runs: list[list[date]] = []
    for day in sorted(set(days)):
        follows = runs and day - runs[-1][-1] == timedelta(1) and day.day != 1
        runs = [*runs[:-1], [*runs[-1], day]] if follows else [*runs, [day]]
    told = []
    for place, run in enumerate(runs):
        ends = dict.fromkeys(str(one.day) for one in (run[0], run[-1]))
        last = place + 1 == len(runs) or runs[place + 1][0].month != run[0].month
        month = f" {speech.brief(run[0]).split()[-1]}" if last else ""
        told.append("–".join(ends) + month)
    return joined(told, ", ")


def _readiness(speech: Speech, sums: Month) -> Section:
    """Return each thing that was not as it is to be, and on which days."""
    found: dict[tuple[str, str, str, str], list[date]] = defaultdict(list)
    kept: dict[tuple[str, str, str, str], Reason] = {}
    for day in sums.days:
        for place in day.places:
            for one in place.reasons:
                key = place.site, one.id, one.target, one.state
                found[key].append(day.day)
                kept[key] = one
    rows = (
        (
            key[0],
            speech.phrase(kept[key].label),
            key[2] or ABSENT,
            speech.words.named("ready", key[3]).rstrip(":"),
            speech.text("holds" if kept[key].holds(days[-1]) else "noted"),
            spans(speech, days),
        )
        for key, days in found.items()
    )
    who = [one.responsible for one in kept.values()]
    return section(speech, "readiness", "clinic what target state weight days", rows, who)


def _kinds(speech: Speech, term: Term) -> Section:
    """Return how often each list was answered how, by who answers for its rows."""
    found: dict[tuple[str, str, Responsible], list[Checked]] = defaultdict(list)
    for one in term.checked:
        found[one.list, one.target, one.responsible].append(one)
    rows = [
        (
            speech.phrase(rows[0].title),
            target or ABSENT,
            *(str(sum(getattr(one, part) for one in rows)) for part in _COUNTED),
        )
        for (_, target, _), rows in found.items()
    ]
    heads = "list target +done +failed +not_applicable +overdue"
    return section(speech, "checked", heads, rows, [key[2] for key in found])


_COUNTED = ("done", "failed", "not_applicable", "overdue")


def _amiss(speech: Speech, term: Term) -> Section:
    """Return the rows that failed or are overdue."""
    kept = [one for one in term.checked if one.failed or one.overdue]
    rows = (
        (
            speech.phrase(one.label),
            one.target or ABSENT,
            str(one.done),
            str(one.failed),
            speech.text("yes") if one.overdue else ABSENT,
            one.source or ABSENT,
        )
        for one in kept
    )
    who = [one.responsible for one in kept]
    return section(speech, "amiss", "row target +done +failed overdue source", rows, who)


def _lists(speech: Speech, sums: Month) -> Section:
    """Return how each list was gone through, and on which days nobody signed it."""
    found: dict[tuple[str, str], list[tuple[date, ListRun]]] = defaultdict(list)
    for day in sums.days:
        for one in day.lists:
            found[one.list, one.target].append((day.day, one))
    rows = (_runs(speech, target, runs) for (_, target), runs in found.items())
    heads = "list target +times +answered +not_in_order +took by signed unsigned"
    return section(speech, "lists", heads, rows, (Responsible.ANAESTHESIOLOGIST,))


def _runs(speech: Speech, target: str, runs: list[tuple[date, ListRun]]) -> tuple[str, ...]:
    every = [one for _, one in runs]
    took = sorted(one.took_s for one in every if one.took_s is not None)
    ends = dict.fromkeys(speech.lasts(one) for one in (*took[:1], *took[-1:]))
    return (
        speech.phrase(every[0].label),
        target or ABSENT,
        str(len(every)),
        str(sum(one.answered for one in every)),
        str(sum(one.amiss for one in every)),
        joined(ends, " – "),
        joined((by for one in every for by in one.by), " "),
        joined((one.signed_by for one in every), " "),
        spans(speech, (day for day, one in runs if not one.signed_by)),
    )


def _defibrillator(speech: Speech, term: Term) -> Section:
    """Return every answer about it: the same answers to a row together, with their days."""
    found: dict[tuple[Any, ...], list[Answered]] = defaultdict(list)
    for one in term.defibrillator:
        found[one.row, one.target, one.outcome, one.reason, one.by].append(one)
    kept = [(every[0], every) for every in found.values()]
    rows = (
        (
            speech.phrase(one.label),
            one.target or ABSENT,
            speech.words.named("due", one.outcome.value),
            one.reason or ABSENT,
            one.by,
            str(len(every)),
            spans(speech, (local(each.at).date() for each in every)),
        )
        for one, every in kept
    )
    who = [one.responsible for one, _ in kept]
    heads = "row target outcome reason by +times days"
    return section(speech, "defibrillator", heads, rows, who)


def _gases(speech: Speech, term: Term) -> Section:
    rows = (
        (
            speech.words.named("gas", one.gas.value),
            one.place or ABSENT,
            speech.number(one.used_l),
            str(one.readings),
            str(one.orders),
            str(one.received),
        )
        for one in term.flows
    )
    who = [one.responsible for one in term.flows]
    return section(speech, "gases", "gas place +used_l +readings +orders +received", rows, who)


def _stock(speech: Speech, packs: Iterable[Pack]) -> Section:
    kept = list(packs)
    rows = (
        (
            speech.phrase(one.line.title) if one.line.title else one.line.label,
            one.line.lot or ABSENT,
            speech.day(one.line.until),
            str(one.line.quantity),
            one.line.place or ABSENT,
            speech.words.named("pack", one.line.status),
        )
        for one in kept
    )
    who = [one.responsible for one in kept]
    return section(speech, "stock", "item lot until +quantity place state", rows, who)


def _devices(speech: Speech, devices: Iterable[Device]) -> Section:
    kept = list(devices)
    rows = (
        (
            joined((one.machine.name, speech.phrase(title) if title else ""), ": "),
            joined((one.machine.make, one.machine.serial), " "),
            one.machine.place or ABSENT,
            speech.words.named("machine", one.machine.state),
            speech.day(one.machine.serviced_on),
            speech.day(one.machine.service_due),
            speech.day(one.machine.tested_on),
        )
        for one in kept
        for title in (one.machine.title,)
    )
    heads = "device serial place state serviced_on service_due tested_on"
    return section(speech, "devices", heads, rows, [one.responsible for one in kept])


def _papers(speech: Speech, papers: Iterable[Paper]) -> Section:
    kept = list(papers)
    rows = (
        (
            one.who or speech.text("practice"),
            speech.phrase(one.label),
            speech.day(one.until),
            speech.words.named("ready", one.state).rstrip(":"),
            one.source or ABSENT,
        )
        for one in kept
    )
    who = [one.responsible for one in kept]
    return section(speech, "papers", "who paper until state source", rows, who)
