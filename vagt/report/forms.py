"""The forms in which a report is written, and which one a file's name asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from daemon.filing import Form
from daemon.report.document import Document
from daemon.report.making import ReportError
from vagt.report import archive, pages, plain, press
from vagt.report.fhir import form as fhir
from words.catalogue import Language

Writer = Callable[[Document, Language, Path], None]
"""Writes a report to a file; raises ReportError where it cannot."""


def _html(document: Document, language: Language, file: Path) -> None:
    pages.write(document, language, file)


def _json(document: Document, _language: Language, file: Path) -> None:
    file.write_bytes(plain.written(document))


def _csv(document: Document, _language: Language, file: Path) -> None:
    file.write_bytes(archive.written(document))


FORMS: Mapping[Form, Writer] = MappingProxyType(
    {Form.HTML: _html, Form.PDF: press.pdf, Form.JSON: _json, Form.CSV: _csv}
)
"""JSON and CSV have the product's own names in every language."""
WRITERS: Mapping[str, Writer] = MappingProxyType(
    {form.value: FORMS[form] for form in FORMS} | {fhir.NAME: fhir.write}
)
"""With that of one case alone, which is asked for by its name and never filed by itself."""
ENDINGS: Mapping[Form, str] = MappingProxyType(
    {Form.HTML: ".html", Form.PDF: ".pdf", Form.JSON: ".json", Form.CSV: ".zip"}
)
"""Of the names of their files."""


def asked(file: Path) -> Form:
    """Return the form that the end of a file's name asks for; raises ReportError.

    A name without an end asks for JSON; one with another end would promise what the file is not.
    """
    ending = file.suffix.lower()
    found = next((form for form in ENDINGS if ENDINGS[form] == ending), None)
    if ending and found is None:
        known = ", ".join(f"{ENDINGS[form]} ({form.value})" for form in ENDINGS)
        raise ReportError(f"{file}: no report ends so: name it by {known}, or say --format")
    return found or Form.JSON
