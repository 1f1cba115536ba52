"""The forms in which a report is written, and which one a file's name asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from daemon.report.document import Document
from vagt.report import archive, pages, plain, press
from words.catalogue import Language

Writer = Callable[[Document, Language, Path], None]
"""Writes a report to a file; raises ReportError where it cannot."""


def _html(document: Document, language: Language, file: Path) -> None:
    pages.write(document, language, file)


def _json(document: Document, _language: Language, file: Path) -> None:
    file.write_bytes(plain.written(document))


def _csv(document: Document, _language: Language, file: Path) -> None:
    file.write_bytes(archive.written(document))


FORMS: Mapping[str, Writer] = MappingProxyType(
    {"html": _html, "pdf": press.pdf, "json": _json, "csv": _csv}
)
"""JSON and CSV have the product's own names in every language."""
_ENDINGS = {".html": "html", ".pdf": "pdf", ".zip": "csv"}


def asked(file: Path) -> str:
    """Return the form that the end of a file's name asks for: JSON where it asks for none."""
    return _ENDINGS.get(file.suffix.lower(), "json")
