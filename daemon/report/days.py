"""What days came to, for a report: put together from one walk through the journal."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.readiness import Finding
from daemon.listed import phrase
from daemon.month.reckon import Practice, Read, summed
from daemon.month.standing import asking
from daemon.month.walk import begun
from daemon.protocol.month import Standing
from daemon.report.answers import checked, defibrillator, marks
from daemon.report.flows import flows
from daemon.report.national import national
from daemon.report.performed import performed
from daemon.report.term import Device, Pack, Paper, Term
from daemon.state import State
from vitals.practice import Responsible


def term(practice: Practice, read: Read) -> Term:
    """Return what the days came to; nothing is left out."""
    own, book = frozenset(read.period.days), practice.book
    state, _ = read.walk.ended or (State(), read.walk.last)
    sums = summed(practice, read)
    found = marks(state.practice, own)
    waiting = {(one.id, one.target) for one in sums.standing.overdue}
    clinics = practice.config.practice.clinics
    return Term(
        first=read.period.first,
        last=read.period.last,
        sums=sums,
        performed=performed(one for one in read.walk.cases if begun(one)),
        checked=tuple(checked(book.lists, found, waiting)),
        defibrillator=tuple(defibrillator(book.lists, found)),
        flows=tuple(flows(state.practice, own, book.gases, clinics)),
        papers=tuple(_papers(practice, read)),
        packs=tuple(_packs(sums.standing)),
        devices=tuple(_devices(practice, sums.standing)),
        national=tuple(national(read.walk.cases)),
    )


def _papers(practice: Practice, read: Read) -> Iterator[Paper]:
    """Yield what everybody has on paper or should have, as at the end of the days, each once."""
    state, at = read.walk.ended or (State(), read.walk.last)
    reckoning = asking(practice.config, practice.library, practice.book)
    found = reckoning.reckoned(state, at).workday
    seen: set[tuple[str, str]] = set()
    for one in sorted(reckoning.papers(found), key=_place):
        if (one.target, one.id) not in seen:
            seen.add((one.target, one.id))
            yield Paper(
                who=one.target,
                id=one.id,
                label=phrase(one.label),
                until=one.until,
                state=one.state.value,
                responsible=one.responsible,
                source=one.source,
            )


def _place(one: Finding) -> tuple[str, str]:
    return one.target, one.id


def _packs(standing: Standing) -> Iterator[Pack]:
    """Yield what is kept in stock and ends: the anaesthesiologist answers for all of it."""
    for one in standing.packs:
        yield Pack(one, Responsible.ANAESTHESIOLOGIST)


def _devices(practice: Practice, standing: Standing) -> Iterator[Device]:
    """Yield each device that something is asked of; for one of its rooms a clinic may answer."""
    rooms = {one.code: one.room for one in practice.config.practice.clinics}
    for one in standing.machines:
        yield Device(one, rooms.get(one.place, Responsible.ANAESTHESIOLOGIST))
