"""Which service an anaesthetic is started with; every other code is told what it is instead."""

from __future__ import annotations

from datetime import date

from daemon.library import Library
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from monitoring.services import Kind, Service, ladder

NAMESPACE = "ana:"
"""Codes without a namespace are anaesthesia codes; an ENT code may have the same digits."""


def treatment(library: Library, code: str, day: date) -> Service:
    """Return the service of the code of a pain treatment, or raise RefusedError."""
    services = library.book(day).services
    found = services.get(code.removeprefix(NAMESPACE))
    if found is None or found.service.kind is not Kind.TREATMENT:
        kinds = {code: one.service.kind for code, one in services.items()}
        codes = ", ".join(sorted(code for code, kind in kinds.items() if kind is Kind.TREATMENT))
        raise RefusedError(Refusal.UNKNOWN_CODE, f"{code!r} is no treatment; codes: {codes}")
    return found.service


def anaesthetic(library: Library, code: str, day: date) -> Service:
    """Return the service of the code of an anaesthetic, or raise RefusedError saying what it is."""
    book, bare = library.book(day), code.removeprefix(NAMESPACE)
    codes = ", ".join(service.code for service in ladder(book.services))
    if (gone := library.withdrawn.get(bare)) is not None:
        now = f", now part of {gone.contained_in}" if gone.contained_in else ""
        detail = f"code {bare} ({gone.label.en}) is withdrawn{now}; codes: {codes}"
        raise RefusedError(Refusal.WITHDRAWN_CODE, detail)
    if bare not in book.services:
        raise RefusedError(Refusal.UNKNOWN_CODE, f"no code {code!r}; codes: {codes}")
    service = book.services[bare].service
    named = f"{bare} ({service.label.en})"
    match service.kind:
        case Kind.ANAESTHESIA:
            return service
        case Kind.SUPPLEMENT | Kind.ADDITION:
            detail = f"{named} goes with an anaesthetic: start that one; codes: {codes}"
            raise RefusedError(Refusal.CODE_NOT_ALONE, detail)
        case Kind.TREATMENT | Kind.RECOVERY:
            detail = f"{named} is no anaesthetic; codes: {codes}"
            raise RefusedError(Refusal.NO_ANAESTHETIC, detail)
