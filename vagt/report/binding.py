"""Printed parts bound into one PDF with numbered pages, and its stamp attached; pypdf."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

STAMP = "vagt-report.json"
"""Name of the attachment."""
_FONT, _SIZE, _RIGHT, _FOOT, _DIGIT = "/VagtNumber", 7.0, 561.0, 24.0, 0.556
"""Places in points; a digit of Helvetica is so wide for each point of its size."""


def bound(parts: Iterable[Path], file: Path, *, title: str, language: str, stamp: bytes) -> None:
    """Write one PDF of printed parts: the same bytes for the same parts."""
    writer = PdfWriter()
    for part in parts:
        writer.append(part, import_outline=False)
    for number, page in enumerate(writer.pages, 1):
        _numbered(writer, page, f"{number} / {len(writer.pages)}")
    writer.add_metadata({"/Title": title, "/Producer": "vagt, WeasyPrint, pypdf"})
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.add_attachment(STAMP, stamp)
    with file.open("wb") as stream:
        writer.write(stream)


def attached(file: Path) -> bytes | None:
    """Return the stamp of a PDF; None where it has none."""
    found = PdfReader(file, strict=True).attachments.get(STAMP, [])
    return found[0] if found else None


def _numbered(writer: PdfWriter, page: PageObject, number: str) -> None:
    """Write a page's number at its foot, whatever its own text was turned by."""
    left = _RIGHT - _SIZE * _DIGIT * len(number)
    own = f"Q q BT {_FONT} {_SIZE:g} Tf 0 g {left:.2f} {_FOOT:g} Td ({number}) Tj ET Q"
    add = writer._add_object  # noqa: SLF001 - pypdf's own way to add one; it has no other
    before, after = (add(_stream(text)) for text in ("q", own))
    page[NameObject("/Contents")] = ArrayObject([before, page.raw_get("/Contents"), after])
    fonts = cast("DictionaryObject", page["/Resources"])
    fonts = cast("DictionaryObject", fonts["/Font"])
    fonts[NameObject(_FONT)] = DictionaryObject(_HELVETICA)


def _stream(text: str) -> StreamObject:
    found = DecodedStreamObject()
    found.set_data(text.encode("ascii"))
    return found


_HELVETICA = {
    NameObject("/Type"): NameObject("/Font"),
    NameObject("/Subtype"): NameObject("/Type1"),
    NameObject("/BaseFont"): NameObject("/Helvetica"),
}
"""Every reader has it."""
