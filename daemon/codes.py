"""The codes of a rule set on a day: what a case may be held to, and what procedures map to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.library import Library
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from monitoring.codes import CodeError, Codes, Problem
from monitoring.mapping import Ambiguous, Invalid, Mapped, service
from monitoring.services import Service
from vitals.vocabulary import CaseKind

SPECIALTY = "ent"
REFUSALS = {
    Problem.UNKNOWN: Refusal.UNKNOWN_CODE,
    Problem.WITHDRAWN: Refusal.WITHDRAWN_CODE,
    Problem.NOT_ALONE: Refusal.CODE_NOT_ALONE,
    Problem.NO_ANAESTHETIC: Refusal.NO_ANAESTHETIC,
}


def codes(library: Library, day: date) -> Codes:
    """Return what a typed code is looked up in on a day."""
    return Codes(library.book(day), library.withdrawn, library.procedures)


def treatment(library: Library, code: str, day: date) -> Service:
    """Return the service of the code of a pain treatment, or raise RefusedError."""
    try:
        return codes(library, day).treatment(code)
    except CodeError as error:
        raise RefusedError(REFUSALS[error.problem], str(error)) from error


def anaesthetic(library: Library, code: str, day: date) -> Service:
    """Return the service of the code of an anaesthetic, or raise RefusedError saying what it is."""
    try:
        return codes(library, day).anaesthetic(code)
    except CodeError as error:
        raise RefusedError(REFUSALS[error.problem], str(error)) from error


def of_kind(library: Library, kind: CaseKind, code: str, day: date) -> str:
    """Return a code that is in force on a day for what it is to be, or raise RefusedError."""
    found = treatment if kind is CaseKind.BLOCK else anaesthetic
    return found(library, code, day).code


def mapped(library: Library, procedures: Sequence[str], site: str | None) -> str:
    """Return the code of procedures as printed, or raise RefusedError: nothing is guessed."""
    table, listed = library.procedures[SPECIALTY], " ".join(procedures)
    if site and site not in table.sites:
        detail = f"there is no site {site!r}: write one of {', '.join(table.sites)}"
        raise RefusedError(Refusal.AMBIGUOUS, detail)
    match service(table, procedures, site):
        case Mapped(row=row):
            return row.code
        case Ambiguous(rows=rows):
            sites = ", ".join(sorted({row.site for row in rows}))
            detail = f"{listed}: the site decides; name one of {sites}"
            raise RefusedError(Refusal.AMBIGUOUS, detail)
        case Invalid(reason=reason):
            raise RefusedError(Refusal.UNKNOWN_CODE, f"{reason}: mend the procedures")
        case _:
            detail = f"{listed}: Bilag 2 does not print this: name the anaesthesia code"
            raise RefusedError(Refusal.UNKNOWN_CODE, detail)
