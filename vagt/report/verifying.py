"""A report that was filed, held to the journal: its figures reckoned again, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct, structs

from daemon.report.document import Document
from daemon.report.making import Place, ReportError, made, zone
from daemon.report.stamp import Stamp
from vagt.report.archive import STAMP, cut, named
from vagt.report.filed import Filed, Kind, filed
from vagt.report.reread import exact, same
from vitals.instant import Instant

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
    broken: int | None = None
    """The first event of the journal that does not follow from the one before it."""

    @property
    def same(self) -> bool:
        """Tell whether every figure is the journal's."""
        return self.report == "same"

    @property
    def line(self) -> str:
        """Return it as one line."""
        less = "; its pages were not read" if self.unread else ""
        if self.broken is not None:
            less += f"; the journal is broken at event {self.broken}"
        if self.same:
            return f"same: every figure is the journal's, as of event {self.last}{less}"
        return f"different: {', '.join(self.different)}: {self.why}{less}"


def verified(file: Path, place: Place) -> Verified:
    """Return whether the figures of a report are the journal's; ReportError where it is none."""
    found = filed(file)
    stamp = found.stamp
    if found.altered:
        return _different(stamp, found.altered, ALTERED)
    if (here := zone(_end(file, stamp))) != stamp.zone:
        raise ReportError(
            f"{file} was made where the clock on the wall showed {stamp.zone}, not {here}: "
            "set TZ to that place, as TZ=Europe/Copenhagen"
        )
    again = made(place, stamp.scope, stamp.last)
    return structs.replace(_held(found, again), broken=again.stamp.broken)


def _held(found: Filed, again: Document) -> Verified:
    """Return what comes of holding what was filed to what is reckoned now."""
    stamp = found.stamp
    if again.stamp.head != stamp.head:
        return _different(stamp, ("journal",), f"event {stamp.last} has another hash there")
    if others := tuple(_others(stamp, again)):
        return _different(stamp, others, _why(stamp, again.stamp))
    if wrong := (*_lacking(stamp, again), *_rewritten(found, again)):
        return _different(stamp, wrong, ALTERED)
    unread = not found.texts and (again.stamp != stamp or not exact(found, again))
    return Verified("same", stamp.last, stamp.head, unread=unread)


def _lacking(stamp: Stamp, again: Document) -> Iterator[str]:
    """Yield what a stamp leaves out that the version which made it has."""
    if stamp.at != again.stamp.at:
        yield "stamp"
    if stamp.made_by == again.stamp.made_by or not stamp.tables:
        had = {one.name for one in stamp.tables}
        yield from (one.name for one in again.tables if one.name not in had)


def _rewritten(found: Filed, again: Document) -> Iterator[str]:
    """Yield what of a file's own text is not what its figures make, where that is known."""
    if found.texts:
        yield from _recut(found, again)
    elif again.stamp == found.stamp and not same(found, again):
        yield "bundle" if found.kind is Kind.BUNDLE else "pages"


def _recut(found: Filed, again: Document) -> Iterator[str]:
    """Yield what of a zip is not its tables, and what is not in it."""
    known = {one.name: one for one in again.tables}
    for one in found.stamp.tables:
        if found.texts.get(named(one.name)) != cut(known[one.name].of(one.columns)):
            yield one.name
    yield from sorted({*found.texts} - {STAMP, *(named(one.name) for one in found.stamp.tables)})


def _end(file: Path, stamp: Stamp) -> Instant:
    """Return the moment of the last event that a report was made from, as it says."""
    try:
        wall = datetime.fromisoformat(stamp.at).timestamp()
    except (ValueError, OverflowError) as error:
        raise ReportError(f"{file} is no report of vagt: its stamp was altered") from error
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
