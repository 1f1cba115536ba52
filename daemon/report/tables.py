"""The figures of days as tables: what a CSV has, what pages show, and what is verified.

A column is an attribute of the rows, or `name=path` where it is called otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any, NamedTuple

from daemon.month.totals import totals
from daemon.protocol.cases import Ground
from daemon.protocol.month import DayLine, Month
from daemon.protocol.practice import Reason
from daemon.report.table import Table, Value
from daemon.report.term import National, Term

_CASES = "case at kind code result advised open emergency fits waived=waived reasons responsible"
_TOTALS = "basis passed=of.passed review=of.review failed=of.failed open=of.open"
_CODES = (
    "code=of.code cases=of.cases passed=one.passed review=one.review failed=one.failed "
    "open=one.open unjudged=one.unjudged"
)
_WAIVERS = (
    "case=of.case what=one.what modality=one.modality reason=one.reason by=one.by at=one.at "
    "holds=one.holds responsible=of.responsible"
)
_READINESS = (
    "day=of.day clinic=one.site state=one.state at=one.at begun=one.begun what=why.what id=why.id "
    "target=why.target stands=why.state responsible=why.responsible"
)
_LISTS = (
    "day=of.day list=one.list target=one.target begun=one.begun took_s=one.took_s "
    "answered=one.answered amiss=one.amiss by=one.by signed_by=one.signed_by"
)
_NATIONAL = (
    "case date code procedures asa band technique airway emergency anaesthesia_min recovery_min "
    "transfer begun cancelled responsible"
)
_CHECKED = "list row target done failed not_applicable overdue responsible source"
_STOCK = (
    "pack=line.pack item=line.item atc=line.atc lot=line.lot until=line.until "
    "quantity=line.quantity place=line.place status=line.status responsible"
)
_DEVICES = (
    "device=machine.name kind=machine.what make=machine.make serial=machine.serial "
    "place=machine.place state=machine.state service_due=machine.service_due "
    "serviced_on=machine.serviced_on tested_on=machine.tested_on holds=machine.holds responsible"
)


class _Total(NamedTuple):
    basis: str
    of: object


class _Of(NamedTuple):
    """One thing of a case or a day, and of a place why it was not ready."""

    of: object
    one: object
    why: Reason | None = None


def tables(term: Term) -> tuple[Table, ...]:
    """Return every table of days, each row with who answers for it, where it is its own."""
    return (*_of_cases(term.sums), *_of_days(term.sums), *_of_practice(term), asked(term.national))


def table(name: str, columns: str, rows: Iterable[Any]) -> Table:
    """Return a table of things by their attributes."""
    pairs = [one.partition("=") for one in columns.split()]
    paths = [path or name for name, _, path in pairs]
    cut = tuple(tuple(_value(row, path) for path in paths) for row in rows)
    return Table(name, tuple(name for name, _, _ in pairs), cut)


def _value(row: object, path: str) -> Value:
    if path.startswith("why.") and getattr(row, "why", None) is None:
        return None
    return plain(attrgetter(path)(row))


def plain(value: object) -> Value:
    """Return what a table holds of a value: ids, ISO 8601, texts; of many things all of them."""
    if isinstance(value, tuple):
        return "; ".join(str(plain(one)) for one in value)
    if value is None or isinstance(value, int | float):
        return value
    return _text(value)


def _text(value: object) -> str:
    match value:
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case Ground():
            return " ".join(str(one) for one in (value.modality, value.rule, value.why) if one)
        case _:
            return str(getattr(value, "what", value))


def asked(found: Iterable[National]) -> Table:
    """Return what the national database asks of each anaesthetic."""
    return table("national", _NATIONAL, found)


def _of_cases(sums: Month) -> tuple[Table, ...]:
    bases = (_Total(one, getattr(sums, one)) for one in ("contract", "advisory", "blocks"))
    waivers = (_Of(case, one) for case in sums.cases for one in case.waived)
    return (
        table("cases", _CASES, sums.cases),
        table("codes", _CODES, _codes(sums)),
        table("totals", f"{_TOTALS} unjudged=of.unjudged", bases),
        table("waivers", _WAIVERS, waivers),
        table("cancelled", "day why case responsible", sums.cancelled),
    )


def _codes(sums: Month) -> Iterator[_Of]:
    """Yield each service with what its cases came to by the contract."""
    for one in sums.codes:
        own = [case for case in sums.cases if case.code == one.code]
        yield _Of(one, totals(own, lambda case: case.result))


def _of_days(sums: Month) -> tuple[Table, ...]:
    lists = (_Of(day, one) for day in sums.days for one in day.lists)
    watched = "case_hours=alarms.case_hours alarms=alarms.alarms per_hour=alarms.per_hour lost"
    return (
        table("days", "day state cases", sums.days),
        table("readiness", _READINESS, _places(sums.days)),
        table("lists", _LISTS, lists),
        table("alarms", "alarm priority count per_hour", sums.alarms.conditions),
        table("watched", watched, (sums,)),
        table("downtime", "begin end cases", sums.holes),
    )


def _places(days: Iterable[DayLine]) -> Iterator[_Of]:
    """Yield how each clinic stood on a day: once for each reason, and once where there is none."""
    for day in days:
        for one in day.places:
            yield from (_Of(day, one, why) for why in one.reasons or (None,))


def _of_practice(term: Term) -> tuple[Table, ...]:
    gases = "gas place used_l readings orders received responsible"
    return (
        table("performed", "by code procedures drug cases responsible", term.performed),
        table("checked", _CHECKED, term.checked),
        table("defibrillator", "at row target outcome by reason responsible", term.defibrillator),
        table("gases", gases, term.flows),
        table("stock", _STOCK, term.packs),
        table("devices", _DEVICES, term.devices),
        table("papers", "who paper=id until state responsible source", term.papers),
    )
