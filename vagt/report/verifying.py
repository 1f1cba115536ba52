"""A report that was filed, held to the journal: its figures reckoned again, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from daemon.report.document import Document
from daemon.report.making import Place, ReportError, made
from daemon.report.stamp import Stamp
from vagt.report.archive import cut, named
from vagt.report.fhir.bundle import written
from vagt.report.fhir.reading import lasting
from vagt.report.filed import Filed, filed
from vagt.report.pages import html
from vagt.report.pages import lasting as lasting_page
from words.catalogue import Language

ALTERED = "the file was altered after it was made"


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
    if wrong := tuple(_rewritten(found, again)):
        return _different(stamp, wrong, ALTERED)
    printed = not found.page and not found.texts and file.suffix.lower() == ".pdf"
    unread = printed or _unread(found, again)
    return Verified("same", stamp.last, stamp.head, unread=unread)


def _rewritten(found: Filed, again: Document) -> Iterator[str]:
    """Yield what of a file's own text is not what its figures make, where that is known."""
    known = {one.name: one for one in again.tables}
    for one in found.stamp.tables if found.texts else ():
        if found.texts.get(named(one.name)) != cut(known[one.name].of(one.columns)):
            yield one.name
    if again.stamp != found.stamp:
        return
    if found.bundle is not None and not _bundles(found.bundle, again):
        yield "bundle"
    if found.page is None:
        return
    if lasting_page(found.page) not in map(lasting_page, _pages(again)):
        yield "pages"


def _pages(again: Document) -> Iterator[bytes]:
    yield from (html(again, one).encode() for one in Language)


def _unread(found: Filed, again: Document) -> bool:
    """Tell whether something in a file could not be held to what there is now."""
    told = found.page is not None or found.bundle is not None
    if told and again.stamp != found.stamp:
        return True
    if found.bundle is not None:
        return found.bundle not in (written(again, one) for one in Language)
    return found.page is not None and found.page not in _pages(again)


def _bundles(bundle: bytes, again: Document) -> bool:
    """Tell whether a bundle is what the figures make in one of the languages."""
    told = lasting(bundle)
    return any(lasting(written(again, one)) == told for one in Language)


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
