"""Service codes as they are typed: the one that is meant, or what it is instead."""

from __future__ import annotations

from daemon.library import Library
from monitoring import mapping
from monitoring.mapping import Ambiguous, Mapped
from monitoring.obligations import Book
from monitoring.procedures import Procedures
from monitoring.services import Service, ladder
from vagt.main import UsageError

NAMESPACE = "ana"
"""Of the anaesthesia codes; a bare code is one of them."""


def known(library: Library, book: Book, typed: str) -> Service:
    """Return the service of a code as typed; UsageError says what else it is."""
    space, colon, rest = typed.strip().rpartition(":")
    if colon and space != NAMESPACE:
        raise UsageError(_elsewhere(library, space, rest))
    if rest in book.services:
        return book.services[rest].service
    if (gone := library.withdrawn.get(rest)) is not None:
        now = f", now part of {gone.contained_in}" if gone.contained_in else ""
        raise UsageError(f"{rest} ({gone.label.en}) is withdrawn{now}; {_known(book)}")
    for space, table in sorted(library.procedures.items()):
        if rest in table.printed:
            raise UsageError(f"no code {typed!r}; {_elsewhere(library, space, rest)}")
    raise UsageError(f"no code {typed!r}; {_known(book)}")


def anaesthetic(library: Library, book: Book, typed: str) -> Service:
    """Return the service of a code that stands for an anaesthetic; UsageError for any other."""
    service = known(library, book, typed)
    if service.level is None:
        codes = ", ".join(one.code for one in ladder(book.services))
        raise UsageError(f"{service.code} ({service.label.en}) is no anaesthetic: write {codes}")
    return service


def _known(book: Book) -> str:
    return f"the codes are {', '.join(sorted(book.services))}"


def _elsewhere(library: Library, space: str, number: str) -> str:
    """Say what a code of another specialty is, and which anaesthesia code belongs to it."""
    table = library.procedures.get(space)
    if table is None:
        spaces = ", ".join(f"{name}:" for name in (NAMESPACE, *sorted(library.procedures)))
        return f"no specialty {space!r}; the specialties are {spaces}"
    named = f"{space}:{number}"
    match mapping.service(table, [number]):
        case Mapped(row=row):
            return (
                f"{named} is {row.label.en!r}, a procedure and no anaesthesia code;"
                f" its anaesthesia is {row.code}"
            )
        case Ambiguous(candidates=codes):
            return (
                f"{named} is a procedure and no anaesthesia code; by its site its anaesthesia is"
                f" {' or '.join(codes)}: ask vagt service-code"
            )
        case _:
            return _unmapped(table, named, number)


def _unmapped(table: Procedures, named: str, number: str) -> str:
    if number in table.printed:
        return (
            f"{named} is part of a procedure and no anaesthesia code; alone it has no anaesthesia"
            " code: ask vagt service-code"
        )
    return f"{named} is no anaesthesia code, and no procedure of that table has this number"
