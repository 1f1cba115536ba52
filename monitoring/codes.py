"""Service codes as they are typed: the service that is meant, or what the code is instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from msgspec import Struct

from monitoring import mapping
from monitoring.mapping import Ambiguous, Mapped
from monitoring.obligations import Book
from monitoring.procedures import Procedures
from monitoring.services import Kind, Service, ladder
from monitoring.withdrawn import Withdrawn

NAMESPACE = "ana"
"""Of the anaesthesia codes; a bare code is one of them."""


class Problem(StrEnum):
    """Why a code is not what was asked for."""

    UNKNOWN = "unknown"
    """No service of the book: nothing at all, or another specialty's number."""
    WITHDRAWN = "withdrawn"
    NOT_ALONE = "not_alone"
    """Goes with an anaesthetic."""
    NO_ANAESTHETIC = "no_anaesthetic"


class CodeError(Exception):
    """A code that cannot be meant; the message says what it is and which would do."""

    def __init__(self, problem: Problem, what: str) -> None:
        super().__init__(what)
        self.problem = problem


class Codes(Struct, frozen=True):
    """Everything that a typed code is looked up in."""

    book: Book
    withdrawn: Mapping[str, Withdrawn]
    procedures: Mapping[str, Procedures]
    """By specialty."""

    def known(self, typed: str) -> Service:
        """Return the service of a code, or raise CodeError."""
        return self._found(typed, self.book.services)

    def meant(self, typed: str) -> Service:
        """Return the service of a code, or raise CodeError, which then offers no other."""
        return self._found(typed, ())

    def anaesthetic(self, typed: str) -> Service:
        """Return the service of a code that stands for an anaesthetic, or raise CodeError."""
        codes = [one.code for one in ladder(self.book.services)]
        service = self._found(typed, codes)
        named = f"{service.code} ({service.label.en})"
        match service.kind:
            case Kind.ANAESTHESIA:
                return service
            case Kind.SUPPLEMENT | Kind.ADDITION:
                what = f"{named} goes with an anaesthetic: name that one{_listed(codes)}"
                raise CodeError(Problem.NOT_ALONE, what)
            case Kind.TREATMENT | Kind.RECOVERY:
                what = f"{named} is no anaesthetic{_listed(codes)}"
                raise CodeError(Problem.NO_ANAESTHETIC, what)

    def treatment(self, typed: str) -> Service:
        """Return the service of a code that stands for a pain treatment, or raise CodeError."""
        services = [one.service for one in self.book.services.values()]
        wanted = [one.code for one in services if one.kind is Kind.TREATMENT]
        service = self._found(typed, wanted)
        if service.kind is not Kind.TREATMENT:
            what = f"{service.code} ({service.label.en}) is no treatment; {_listed(wanted)}"
            raise CodeError(Problem.UNKNOWN, what)
        return service

    def _found(self, typed: str, wanted: Collection[str]) -> Service:
        """Return the service of a code; `wanted` are the codes that a refusal offers."""
        space, colon, number = typed.rpartition(":")
        if colon and space != NAMESPACE:
            raise CodeError(Problem.UNKNOWN, self._elsewhere(space, number))
        if number in self.book.services:
            return self.book.services[number].service
        if (gone := self.withdrawn.get(number)) is not None:
            now = f", now part of {gone.contained_in}" if gone.contained_in else ""
            what = f"{number} ({gone.label.en}) is withdrawn{now}{_listed(wanted)}"
            raise CodeError(Problem.WITHDRAWN, what)
        what = f"no code {typed!r}" if typed else "the code is empty"
        for name, table in sorted(self.procedures.items()):
            if number in table.printed:
                raise CodeError(Problem.UNKNOWN, f"{what}; {self._elsewhere(name, number)}")
        raise CodeError(Problem.UNKNOWN, f"{what}{_listed(wanted)}")

    def _elsewhere(self, space: str, number: str) -> str:
        """Say what a code of another specialty is, and which anaesthesia code belongs to it."""
        table = self.procedures.get(space)
        if table is None:
            spaces = ", ".join(f"{name}:" for name in (NAMESPACE, *sorted(self.procedures)))
            return f"no specialty {space!r}; the specialties are {spaces}"
        named = f"{space}:{number}"
        match mapping.service(table, [number]):
            case Mapped(row=row):
                judged = ", on a medical judgement that is stated" if row.needs_reason else ""
                return (
                    f"{named} is {row.label.en!r}, a procedure and no anaesthesia code;"
                    f" its anaesthesia is {row.code}{judged}"
                )
            case Ambiguous(candidates=codes):
                return (
                    f"{named} is a procedure and no anaesthesia code; by its site its anaesthesia"
                    f" is {' or '.join(codes)}: ask vagt service-code"
                )
            case _:
                return _unmapped(table, named, number)


def _unmapped(table: Procedures, named: str, number: str) -> str:
    if number in table.printed:
        return (
            f"{named} is part of a procedure and no anaesthesia code; alone it has no anaesthesia"
            " code: ask vagt service-code"
        )
    return f"{named!r} is no anaesthesia code, and no procedure of that table has this number"


def _listed(codes: Collection[str]) -> str:
    """Return the codes that would do as the end of a sentence; nothing where there are none."""
    return f"; the codes are {', '.join(sorted(codes))}" if codes else ""
