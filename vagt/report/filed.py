"""A report that was filed, read again in whichever form: its stamp, and what its pages say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import msgspec
from msgspec import Struct

from daemon.report.making import ReportError
from daemon.report.stamp import Stamp
from daemon.report.table import Table
from vagt.report.archive import STAMP
from vagt.report.fhir.reading import stamp as bundled
from vagt.report.press import EXTRA

SCRIPT = re.compile(rb'<script type="application/json" id="vagt-report">(.*?)</script>', re.DOTALL)


class Kind(Enum):
    """What a file is."""

    PAGE = "page"
    WHOLE = "whole"
    """JSON of everything."""
    BUNDLE = "bundle"
    """FHIR."""
    PRINTED = "printed"
    """Of its pages nothing can be read."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What a file says."""

    stamp: Stamp
    altered: tuple[str, ...] = ()
    """Tables in it that are not those that its own stamp names."""
    kind: Kind | None = None
    """Of a zip none: it has tables alone."""
    text: bytes = b""
    """All of it, where it is one text."""
    texts: Mapping[str, bytes] = field(default_factory=dict)
    """Its files by their names, where it has several."""


class _Kind(Struct, frozen=True):
    """What JSON is by its own word; empty: no FHIR."""

    resource: str = msgspec.field(name="resourceType", default="")


class _Whole(Struct, frozen=True):
    """A report as JSON, also of another version: its stamp and its tables."""

    stamp: Stamp
    tables: tuple[Table, ...]


def filed(file: Path) -> Filed:
    """Return what a report says; ReportError where it is none or cannot be read."""
    try:
        return _read(file)
    except OSError as error:
        raise ReportError(f"{file}: {(error.strerror or str(error)).lower()}") from error
    except (msgspec.MsgspecError, BadZipFile, KeyError, ValueError) as error:
        raise ReportError(f"{file} is no report of vagt: name a file that it made") from error


def _read(file: Path) -> Filed:
    text = file.read_bytes()
    if text.startswith(b"PK"):
        return _unzipped(file)
    if text.startswith(b"%PDF"):
        return Filed(_stamp(_attached(file)), kind=Kind.PRINTED)
    if (found := SCRIPT.search(text)) is not None:
        return Filed(_stamp(found[1]), kind=Kind.PAGE, text=text)
    if msgspec.json.decode(text, type=_Kind).resource:
        return Filed(bundled(text), kind=Kind.BUNDLE, text=text)
    document = msgspec.json.decode(text, type=_Whole)
    return Filed(document.stamp, tuple(_altered(document)), kind=Kind.WHOLE, text=text)


def _stamp(text: bytes) -> Stamp:
    return msgspec.json.decode(text, type=Stamp)


def _altered(document: _Whole) -> Iterator[str]:
    digests = {one.name: one.digest for one in document.tables}
    yield from (one.name for one in document.stamp.tables if digests.get(one.name) != one.sha256)


def _unzipped(file: Path) -> Filed:
    with ZipFile(file) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    return Filed(_stamp(texts[STAMP]), texts=texts)


def _attached(file: Path) -> bytes:
    if find_spec("pypdf") is None:
        raise ReportError(EXTRA)
    from pypdf.errors import PyPdfError

    from vagt.report.binding import attached

    try:
        found = attached(file)
    except PyPdfError as error:
        raise ReportError(f"{file} is no whole PDF: {error}") from error
    if found is None:
        raise ReportError(f"{file} is no report of vagt: it has no stamp")
    return found
