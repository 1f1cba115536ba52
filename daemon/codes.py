"""The codes of a rule set on a day, and which of them an anaesthetic is started with."""

from __future__ import annotations

from datetime import date

from daemon.library import Library
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from monitoring.codes import CodeError, Codes, Problem
from monitoring.services import Service

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
