"""A report that was filed, held to the journal: its figures reckoned again, table by table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import msgspec
from msgspec import Struct

from daemon.report.document import Document
from daemon.report.making import Place, ReportError, made
from daemon.report.stamp import Stamp
from daemon.report.table import Table
from vagt.report.archive import STAMP

SCRIPT = re.compile(rb'<script type="application/json" id="vagt-report">(.*?)</script>', re.DOTALL)


class Verified(Struct, frozen=True):
    """What came of it."""

    report: str
    """`same` or `different`."""
    last: int
    head: str
    different: tuple[str, ...] = ()
    """Tables whose figures are others, and `journal` where that is another."""
    why: str = ""

    @property
    def same(self) -> bool:
        """Tell whether every figure is the journal's."""
        return self.report == "same"

    @property
    def line(self) -> str:
        """Return it as one line."""
        if self.same:
            return f"same: every figure is the journal's, as of event {self.last}"
        return f"different: {', '.join(self.different)}: {self.why}"


class _Filed(Struct, frozen=True):
    """What a file says of itself."""

    stamp: Stamp
    altered: tuple[str, ...] = ()
    """Tables in it that are not those that its own stamp names."""


def verified(file: Path, place: Place) -> Verified:
    """Return whether the figures of a report are the journal's; ReportError where it is none."""
    filed = _filed(file)
    stamp = filed.stamp
    if filed.altered:
        return _different(stamp, filed.altered, "the file was altered after it was made")
    if place.zone != stamp.zone:
        raise ReportError(
            f"{file} was made where the clock on the wall shows {stamp.zone}, not {place.zone}: "
            "set TZ to that zone"
        )
    again = made(place, stamp.scope, stamp.last)
    if again.stamp.head != stamp.head:
        return _different(stamp, ("journal",), f"event {stamp.last} has another hash there")
    if others := tuple(_others(stamp, again)):
        return _different(stamp, others, _why(stamp, again.stamp))
    return Verified("same", stamp.last, stamp.head)


def _different(stamp: Stamp, tables: tuple[str, ...], why: str) -> Verified:
    return Verified("different", stamp.last, stamp.head, tables, why)


def _others(stamp: Stamp, again: Document) -> Iterator[str]:
    """Yield each table of the stamp that comes to something else by the columns that it had."""
    known = {one.name: one for one in again.tables}
    for one in stamp.tables:
        table = known.get(one.name)
        columns = set(table.columns) if table else set()
        if (
            table is None
            or not columns.issuperset(one.columns)
            or table.of(one.columns).digest != one.sha256
        ):
            yield one.name


def _why(stamp: Stamp, now: Stamp) -> str:
    """Return what may make them differ, as far as it is known."""
    if stamp.settings != now.settings:
        return "the configuration is another: name the one it was made by, with --config"
    if stamp.lists != now.lists:
        return "the checklists and stock rows in force are others than those it was made by"
    if stamp.rules != now.rules:
        return "the rules in force are others, and those of a case may not be at hand"
    return f"reckoned again from the journal, as of event {stamp.last}"


def _filed(file: Path) -> _Filed:
    try:
        return _read(file)
    except OSError as error:
        raise ReportError(f"{file}: {(error.strerror or str(error)).lower()}") from error
    except (msgspec.MsgspecError, BadZipFile, KeyError) as error:
        raise ReportError(f"{file} is no report of vagt: name a file that it made") from error


def _read(file: Path) -> _Filed:
    text = file.read_bytes()
    if text.startswith(b"PK"):
        return _unzipped(file)
    if (found := SCRIPT.search(text)) is not None:
        return _Filed(msgspec.json.decode(found[1], type=Stamp))
    document = msgspec.json.decode(text, type=_Whole)
    return _Filed(document.stamp, tuple(_altered(document.stamp, document.tables)))


class _Whole(Struct, frozen=True):
    """A report as JSON, also of another version: its stamp and its tables."""

    stamp: Stamp
    tables: tuple[Table, ...]


def _altered(stamp: Stamp, tables: tuple[Table, ...]) -> Iterator[str]:
    digests = {one.name: one.digest for one in tables}
    yield from (one.name for one in stamp.tables if digests.get(one.name) != one.sha256)


def _unzipped(file: Path) -> _Filed:
    """Return the stamp of a zip; its texts are held to the journal's when those are there."""
    with ZipFile(file) as archive:
        return _Filed(msgspec.json.decode(archive.read(STAMP), type=Stamp))
