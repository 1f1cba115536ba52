"""A report of one case written as FHIR, once it has been held to R4B."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from daemon.report.document import Document
from daemon.report.making import ReportError
from vagt.report.fhir.bundle import written
from words.catalogue import Language

NAME = "fhir"
EXTRA = "FHIR needs an extra: pip install 'vagt[fhir]'"


def write(document: Document, language: Language, file: Path) -> None:
    """Write the bundle; raises ReportError where nothing is there to validate it with."""
    if find_spec("fhir") is None:
        raise ReportError(EXTRA)
    from vagt.report.fhir.validating import checked

    text = written(document, language)
    checked(text)
    file.write_bytes(text)
