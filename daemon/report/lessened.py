"""What the operating clinic is told: its own rows and readiness.

Nothing of a case, of what was done without, or of a person of the anaesthetist's practice is in it.
"""

from __future__ import annotations

from datetime import date

from msgspec import structs

from daemon.month.calendar import worst
from daemon.protocol.month import DayLine, Month, PlaceDay
from daemon.protocol.practice import Reason
from daemon.report.document import Document
from daemon.report.scope import Scope
from daemon.report.table import Table
from daemon.report.tables import tables
from daemon.report.term import Term
from vitals.practice import Readiness, Responsible

OWN = frozenset({Responsible.CLINIC, Responsible.AGREEMENT})
"""What a clinic answers for, or may."""
CASES = "cases"


def lessened(document: Document) -> Document:
    """Return a report for one clinic."""
    if document.term is None:
        return structs.replace(document, sheets=(), tables=())
    scope = document.stamp.scope
    term = _term(document.term, scope)
    kept = ("days", "readiness", "checked", "gases", "devices")
    figures = tuple(_caseless(one) for one in tables(term) if one.name in kept)
    return structs.replace(document, practice="", term=term, sheets=(), tables=figures)


def _caseless(table: Table) -> Table:
    """Return a table without the number of cases, which is not told to a clinic: it is not 0."""
    if CASES not in table.columns:
        return table
    at = table.columns.index(CASES)
    rows = tuple((*row[:at], None, *row[at + 1 :]) for row in table.rows)
    return structs.replace(table, rows=rows)


def _term(term: Term, scope: Scope) -> Term:
    return structs.replace(
        term,
        sums=_sums(term.sums, scope),
        performed=(),
        checked=tuple(one for one in term.checked if one.responsible in OWN and _of(one, scope)),
        defibrillator=(),
        flows=tuple(
            one for one in term.flows if one.responsible in OWN and scope.clinic in ("", one.place)
        ),
        papers=(),
        packs=(),
        national=(),
        devices=tuple(
            structs.replace(one, machine=structs.replace(one.machine, tested_by=""))
            for one in term.devices
            if one.responsible in OWN and scope.clinic in ("", one.machine.place)
        ),
    )


def _of(one: object, scope: Scope) -> bool:
    """Tell whether a row is of the clinic that is asked for, or is of no clinic in particular."""
    return scope.clinic in ("", getattr(one, "target", ""))


def _sums(sums: Month, scope: Scope) -> Month:
    """Return how the days stood, and nothing else."""
    bare = Month(sums.month, sums.at, sums.over, sums.since)
    days = tuple(
        structs.replace(
            one,
            cases=0,
            lists=(),
            places=tuple(
                _place(each, one.day) for each in one.places if scope.clinic in ("", each.site)
            ),
        )
        for one in sums.days
    )
    return structs.replace(bare, days=tuple(_day(one) for one in days))


def _day(day: DayLine) -> DayLine:
    known = day.state is not None
    return structs.replace(day, state=worst(day.places) if known else None)


def _place(place: PlaceDay, day: date) -> PlaceDay:
    """Return how a clinic stood by what it answers for itself."""
    own = tuple(one for one in place.reasons if one.responsible in OWN)
    return structs.replace(place, reasons=own, state=_state(place.state, own, day))


def _state(whole: Readiness, own: tuple[Reason, ...], day: date) -> Readiness:
    if whole is Readiness.UNUSED:
        return whole
    holding = [one for one in own if one.holds(day)]
    if not holding:
        return Readiness.NOTICES if own else Readiness.READY
    unseen = all(one.state == "unchecked" for one in holding)
    return Readiness.UNCHECKED if unseen else Readiness.HELD
