"""A report that was filed, held to the journal: its figures reckoned again, table by table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from daemon.report.document import Document
from daemon.report.making import Place, ReportError, made, zone
from daemon.report.stamp import Stamp
from vagt.report.archive import cut, named
from vagt.report.filed import Filed, filed
from vagt.report.pages import html
from vitals.instant import Instant
from words.catalogue import Language

ALTERED = "the file was altered after it was made"
_LANGUAGE = re.compile(rb'<html lang="([a-z]+)">')


class Verified(Struct, frozen=True):
    """What came of it."""

    report: str
    """`same` or `different`."""
    last: int
    head: str
    different: tuple[str, ...] = ()
    """Tables whose figures are others, and `journal` where that is another."""
    why: str = ""
    unread: bool = False
    """Its pages were not held to the figures: they were made by another version, or printed."""

    @property
    def same(self) -> bool:
        """Tell whether every figure is the journal's."""
        return self.report == "same"

    @property
    def line(self) -> str:
        """Return it as one line."""
        if self.same:
            less = "; its pages were not read" if self.unread else ""
            return f"same: every figure is the journal's, as of event {self.last}{less}"
        return f"different: {', '.join(self.different)}: {self.why}"


def verified(file: Path, place: Place) -> Verified:
    """Return whether the figures of a report are the journal's; ReportError where it is none."""
    found = filed(file)
    stamp = found.stamp
    if found.altered:
        return _different(stamp, found.altered, ALTERED)
    if (here := zone(_end(stamp))) != stamp.zone:
        raise ReportError(
            f"{file} was made where the clock on the wall showed {stamp.zone}, not {here}: "
            "set TZ to that place, as TZ=Europe/Copenhagen"
        )
    again = made(place, stamp.scope, stamp.last)
    if again.stamp.head != stamp.head:
        return _different(stamp, ("journal",), f"event {stamp.last} has another hash there")
    if others := tuple(_others(stamp, again)):
        return _different(stamp, others, _why(stamp, again.stamp))
    if wrong := tuple(_rewritten(found, again)):
        return _different(stamp, wrong, ALTERED)
    printed = not found.page and not found.texts and file.suffix.lower() == ".pdf"
    unread = printed or (found.page is not None and again.stamp != stamp)
    return Verified("same", stamp.last, stamp.head, unread=unread)


def _rewritten(found: Filed, again: Document) -> Iterator[str]:
    """Yield what of a file's own text is not what its figures make, where that is known."""
    known = {one.name: one for one in again.tables}
    for one in found.stamp.tables if found.texts else ():
        if found.texts.get(named(one.name)) != cut(known[one.name].of(one.columns)):
            yield one.name
    if found.page is None or again.stamp != found.stamp:
        return
    language = _LANGUAGE.search(found.page)
    known_as = {one.value.encode(): one for one in Language}
    spoken = known_as.get(language[1]) if language else None
    if spoken is None or html(again, spoken).encode() != found.page:
        yield "pages"


def _end(stamp: Stamp) -> Instant:
    wall = datetime.fromisoformat(stamp.at).timestamp()
    return Instant(wall, wall)


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
