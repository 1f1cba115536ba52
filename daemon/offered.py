"""What may be planned on a day, put into the message that clients look it up in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from daemon.codes import SPECIALTY
from daemon.library import Library
from daemon.listed import phrase
from daemon.protocol.procedures import Demand, Planable, Procedure, Procedures
from monitoring.facts import Facts
from monitoring.mapping import Ambiguous, service
from monitoring.obligations import Book, level, obligations
from monitoring.procedures import ANYWHERE, UNSPECIFIED
from monitoring.procedures import Procedure as Printed
from monitoring.procedures import Procedures as Table
from monitoring.services import Kind, ServiceRules
from vitals.vocabulary import Basis, CaseKind, Modality, Obligation, Phase

_KINDS = {Kind.ANAESTHESIA: CaseKind.ANAESTHETIC, Kind.TREATMENT: CaseKind.BLOCK}
"""What a case is, by what its code stands for; nothing else is planned by itself."""


def offered(library: Library, day: date) -> Procedures:
    """Return every service and every procedure that may be planned on a day."""
    book, table = library.book(day), library.procedures.get(SPECIALTY)
    codes = sorted(code for code, one in book.services.items() if one.service.kind in _KINDS)
    return Procedures(
        services=tuple(_planable(book, book.services[code]) for code in codes),
        procedures=tuple(_procedures(table)) if table else (),
        sets=_sets(table) if table else {},
    )


def _planable(book: Book, rules: ServiceRules) -> Planable:
    service = rules.service
    kind = _KINDS[service.kind]
    return Planable(service.code, kind, phrase(service.label), tuple(_demands(book, service.code)))


def _demands(book: Book, code: str) -> Iterator[Demand]:
    """Yield what a code demands at first, and then whenever time alone asks for another level.

    A crossing itself still belongs to the band that it ends; what follows is due after it.
    """
    last: tuple[str | None, tuple[Modality, ...]] = (None, ())
    anaesthetic = book.services[code].service.level is not None
    for after in (0, *book.durations.crossings) if anaesthetic else (0,):
        facts = Facts(elapsed_s=after + 0.001 if after else 0.0)
        watched = _required(book, code, facts)
        reached = level(book, code, facts) or code
        if (reached, watched) != last:
            yield Demand(after, reached, watched)
        last = reached, watched


def _required(book: Book, code: str, facts: Facts) -> tuple[Modality, ...]:
    """Return what the contract requires while a patient is anaesthetised or treated."""
    phase = Phase.DURING if book.services[code].service.level is not None else None
    found = obligations(book, code, facts, phase=phase).obligations
    required = (
        row.modality
        for row in found
        if row.basis is Basis.CONTRACT and row.obligation is Obligation.REQUIRED
    )
    return tuple(dict.fromkeys(required))


def _procedures(table: Table) -> Iterator[Procedure]:
    """Yield what is printed under each name, without what is printed of several at once."""
    found: dict[tuple[tuple[str, ...], str], list[Printed]] = {}
    for row in table.rows:
        if row.site not in ANYWHERE - {UNSPECIFIED}:
            numbers = tuple(group[0] for group in row.required)
            found.setdefault((numbers, row.label.da), []).append(row)
    for (numbers, _), rows in found.items():
        yield _procedure(table, numbers, rows)


def _procedure(table: Table, numbers: tuple[str, ...], rows: list[Printed]) -> Procedure:
    asked = isinstance(service(table, numbers), Ambiguous)
    sites = tuple(dict.fromkeys(row.site for row in rows)) if asked else ()
    sought = next((one for one in table.sought if one.number in numbers), None)
    return Procedure(
        numbers=numbers,
        beside=tuple(dict.fromkeys(number for row in rows for number in row.optional)),
        name=phrase(rows[0].label),
        codes=tuple(sorted({row.code for row in rows})),
        site=sites[0] if len(sites) == 1 else "",
        sites=sites if len(sites) > 1 else (),
        reasoned=any(row.needs_reason for row in rows),
        rank=sought.rank if sought else 0,
        called=phrase(sought.called) if sought else None,
    )


def _sets(table: Table) -> dict[str, tuple[str, ...]]:
    return {" ".join(sorted(numbers)): _codes(rows) for numbers, rows in table.sets.items()}


def _codes(rows: Iterable[Printed]) -> tuple[str, ...]:
    return tuple(sorted({row.code for row in rows}))
