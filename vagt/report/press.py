"""A report as PDF: the same pages as in the HTML, printed some at a time in processes that end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import structs

from daemon.report.document import Document
from daemon.report.making import ReportError
from vagt.report.pages import page, title
from vagt.report.printing import LACKING
from vagt.report.speech import Speech
from words.catalogue import Language

SHEETS = 20
"""Cases that are printed at a time: more take more memory, fewer more time."""
PATIENCE_S = 600.0
EXTRA = "PDF needs an extra: pip install 'vagt[pdf]'"
_PROGRAM = "vagt.report.printing"


def pdf(document: Document, language: Language, file: Path) -> None:
    """Write a report as PDF; raises ReportError where there is nothing to print with."""
    if find_spec("weasyprint") is None or find_spec("pypdf") is None:
        raise ReportError(EXTRA)
    from vagt.report.binding import bound

    with TemporaryDirectory(prefix="vagt-report-") as folder:
        parts = [
            _printed(text, Path(folder) / f"{place}")
            for place, text in enumerate(_texts(document, language))
        ]
        bound(
            parts,
            file,
            title=title(document, Speech(language)),
            language=language.value,
            stamp=msgspec.json.encode(document.stamp),
        )


def _texts(document: Document, language: Language) -> Iterator[Iterator[str]]:
    """Yield what stands before the sheets, then some sheets at a time; of one case all at once."""
    sheets = document.sheets
    if document.term is None:
        yield page(document, language, sheets, cover=True, numbers=False)
        return
    bare = structs.replace(document, sheets=())
    yield page(bare, language, (), cover=True, numbers=False)
    for first in range(0, len(sheets), SHEETS):
        some = sheets[first : first + SHEETS]
        yield page(bare, language, some, cover=False, numbers=False)


def _printed(text: Iterable[str], place: Path) -> Path:
    """Print one part in a process of its own."""
    source, file = place.with_suffix(".html"), place.with_suffix(".pdf")
    with source.open("w", encoding="utf-8") as stream:
        stream.writelines(text)
    command = (sys.executable, "-P", "-m", _PROGRAM, str(source), str(file))
    try:
        run = subprocess.run(  # noqa: S603 - our own program
            command, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired as error:
        raise ReportError(
            f"printing took longer than {PATIENCE_S:g} s: fewer days a time"
        ) from error
    source.unlink()
    if run.returncode == LACKING:
        raise ReportError(f"PDF needs pango: apt install libpangoft2-1.0-0 ({run.stderr.strip()})")
    if run.returncode:
        last = (run.stderr.strip().splitlines() or [f"exit {run.returncode}"])[-1]
        raise ReportError(f"the pages could not be printed: {last}")
    return file
