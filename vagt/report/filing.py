"""Reports filed in the folder of the configuration: the owner's, and each clinic's own rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import structs

from daemon.filing import Filing, Form
from daemon.month.bounds import Period
from daemon.report.document import Document
from daemon.report.making import Place, ReportError, made
from daemon.report.scope import Reader, Scope
from daemon.report.stamp import Stamp
from vagt.report.forms import ENDINGS, FORMS
from words.catalogue import Language

READABLE = 0o640
"""Its group reads it too: who fetches a report need not be who runs the daemon."""
EDITIONS = 99


def filed(
    place: Place, days: Period, language: Language, today: date
) -> Iterator[tuple[Path, Stamp]]:
    """Write the reports of some days, and yield each file and its stamp; raises ReportError.

    What is there already and is the same stays as it is; where it is another, as when entries
    were said since, the older stays, and the newer is numbered. Days that are not over by `today`
    are named as far as they have come: a month's own name is that of the whole of it.
    """
    told = place.config.outward.report
    folder = _folder(told)
    for name, scope in _scopes(place, days, told, today):
        document = made(place, scope)
        for form in told.forms:
            file = folder / f"{name}{ENDINGS[form]}"
            yield _put(document, language, file, form), document.stamp


def _folder(told: Filing) -> Path:
    if told.folder is None:
        raise ReportError("no folder is named to file it in: add [report] folder to the settings")
    if not told.folder.is_dir():
        raise ReportError(f"{told.folder} is not there: make that folder, or join its disk")
    return told.folder


def _scopes(place: Place, days: Period, told: Filing, today: date) -> Iterator[tuple[str, Scope]]:
    """Yield the name of each report with what it is of."""
    over = days.name.replace("/", "--")
    name = f"vagt-{over if days.last < today else f'{days.first}--{today}'}"
    whole = Scope(days.first, days.last, sheets=told.cases)
    yield name, whole
    for clinic in place.config.practice.clinics:
        own = {"sheets": False, "reader": Reader.CLINIC, "clinic": clinic.code}
        yield f"{name}-{clinic.code}", structs.replace(whole, **own)


def _put(document: Document, language: Language, file: Path, form: Form) -> Path:
    """Write one report; return where it is."""
    beside = file.with_name(f".{file.stem}.{os.getpid()}{file.suffix}")
    try:
        FORMS[form](document, language, beside)
        beside.chmod(READABLE)
        return _kept(beside, file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ReportError(f"{file}: {reason}: choose another [report] folder") from error
    finally:
        beside.unlink(missing_ok=True)


def _kept(beside: Path, file: Path) -> Path:
    """Put a file in its place, or beside the older ones that differ from it."""
    text = beside.read_bytes()
    for edition in range(1, EDITIONS):
        name = file if edition == 1 else file.with_stem(f"{file.stem}-{edition}")
        if not name.exists():
            return beside.rename(name)
        if name.read_bytes() == text:
            return name
    raise ReportError(f"{file} has {EDITIONS} editions: tidy up the folder")
