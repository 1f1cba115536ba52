"""A report made from a journal as it was after one of its events: read only, whoever runs."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from msgspec import structs

from daemon import hindsight
from daemon.checkbook import Checkbook
from daemon.clock import local_date, local_time
from daemon.config import Config
from daemon.journal.replay import MEGA, moment
from daemon.journal.store import FILE, JournalError, ends, opened, verify
from daemon.library import Library
from daemon.month.bounds import Period
from daemon.month.reading import ENDLESS, events
from daemon.month.reckon import Practice, Read, walked
from daemon.report import casetables
from daemon.report.days import term
from daemon.report.document import Document
from daemon.report.lessened import lessened
from daemon.report.national import national
from daemon.report.scope import Reader, Scope
from daemon.report.sheet import Sheet
from daemon.report.sheets import sheets
from daemon.report.stamp import Stamp, Summed
from daemon.report.table import Table
from daemon.report.tables import asked, tables
from daemon.report.traced import traced
from monitoring.case import Case
from vitals.instant import Instant

_NUMBER = re.compile(r"-([0-9]{6})-[0-9]+\Z")
"""The day on which a case was opened stands in its number."""
_BEGUN_WITHIN = timedelta(days=31)


class ReportError(Exception):
    """There is no such report; the message is one line that says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a journal lies, and what it is read by."""

    folder: Path
    config: Config
    library: Library
    book: Checkbook

    @property
    def settings(self) -> str:
        """Return the hash of what of the configuration figures rest on."""
        practice = self.config.practice
        told = practice.clinics, practice.kits, practice.plans, self.config.people
        return sha256(repr(told).encode()).hexdigest()

    @property
    def practice(self) -> Practice:
        """Return what the cases and days of the journal are reckoned by."""
        return Practice(self.config, self.library, self.book, partial(_ruling, self))


@dataclass(frozen=True, slots=True)
class Extent:
    """From which event to which a journal is read."""

    first: int
    last: int
    head: str
    at: Instant
    since: float
    """When it begins, by the wall clock."""
    broken: int | None = None


def made(place: Place, scope: Scope, upto: int | None = None) -> Document:
    """Return a report as of the event `upto`, or of the last; raises ReportError."""
    try:
        extent = _extent(place, upto)
        read = _read(place, scope, extent)
    except (JournalError, sqlite3.Error, OSError) as error:
        raise ReportError(str(error)) from error
    stamp, site = _stamp(place, scope, extent), place.config.site.name
    if scope.case:
        one = traced(place.folder, _one(scope, sheets(place.practice, read)), extent.at)
        own = (case for case in read.walk.cases if case.number == scope.case)
        figures = (*casetables.tables(one), casetables.waivers(one[0]), asked(national(own)))
        return _summed(Document(stamp, site, None, one, figures))
    days = term(place.practice, read)
    cases = sheets(place.practice, read) if scope.sheets else ()
    cases = traced(place.folder, cases, extent.at) if cases else ()
    figures = (*tables(days), *(casetables.tables(cases) if scope.sheets else ()))
    return _summed(Document(stamp, site, days, cases, figures))


def _one(scope: Scope, found: tuple[Sheet, ...]) -> tuple[Sheet]:
    for one in found:
        if one.case == scope.case:
            return (one,)
    raise ReportError(f"no case {scope.case} was begun within a month of the day of its number")


def _summed(whole: Document) -> Document:
    """Return a report for its reader, with the digests of its tables in its stamp."""
    told = lessened(whole) if whole.stamp.scope.reader is Reader.CLINIC else whole
    sums = tuple(_sum(one) for one in told.tables)
    return structs.replace(told, stamp=structs.replace(told.stamp, tables=sums))


def _stamp(place: Place, scope: Scope, extent: Extent) -> Stamp:
    return Stamp(
        made_by=f"vagt {version('vagt')}",
        scope=scope,
        at=extent.at.rfc3339(),
        first=extent.first,
        last=extent.last,
        head=extent.head,
        broken=extent.broken,
        rules=(place.library.hash,),
        lists=place.book.hash,
        settings=place.settings,
        zone=zone(extent.at),
        unapproved=place.library.unapproved,
    )


def zone(at: Instant) -> str:
    """Return what the clock on the wall showed at a moment, as `CET`: whenever that is asked."""
    return local_time(at).tzname() or ""


def _sum(table: Table) -> Summed:
    return Summed(table.name, table.columns, len(table.rows), table.digest)


def _extent(place: Place, upto: int | None) -> Extent:
    """Return what of the journal is read; raises ReportError where there is nothing."""
    path = place.folder / FILE
    broken = verify(path).first_bad
    with closing(opened(path)) as connection:
        found = ends(connection, ENDLESS if upto is None else upto)
    if found is None:
        raise ReportError(f"{path} holds no event: there is nothing to report")
    first, last = found
    if upto not in (None, last.seq):
        raise ReportError(f"{path} ends before event {upto}: name the journal it was made from")
    since = moment(first).wall
    return Extent(first.seq, last.seq, last.hash, moment(last), since, broken)


def _read(place: Place, scope: Scope, extent: Extent) -> Read:
    period = _period(scope)
    try:
        span = period.span
    except (OverflowError, ValueError) as error:
        raise ReportError("no calendar here has those days: name others") from error
    if span.end <= extent.since:
        begins = local_date(Instant(0.0, extent.since))
        raise ReportError(f"the journal begins {begins}: nothing is known of the days before")
    if span.begin > extent.at.wall:
        raise ReportError(f"the journal ends {local_date(extent.at)}: those days are not in it yet")
    with closing(opened(place.folder / FILE)) as connection:
        found = events(connection, round(span.begin * MEGA), extent.last)
        logging = bool(scope.case) or scope.sheets
        return walked(place.practice, period, found, extent.at, extent.since, logging=logging)


def _period(scope: Scope) -> Period:
    """Return the days of a report; of a case those in which it may have begun."""
    if not scope.case:
        if scope.first is None or scope.last is None:
            raise ReportError("a report is of days or of a case: name them")
        return Period(scope.first, scope.last)
    if (found := _NUMBER.search(scope.case)) is None:
        raise ReportError(f"{scope.case} is no number of a case as KN-261121-014")
    try:
        day = datetime.strptime(found[1], "%y%m%d").date()  # noqa: DTZ007 - a day, by the wall
    except ValueError as error:
        raise ReportError(f"{scope.case}: {found[1]} is no day") from error
    return Period(day, day + _BEGUN_WITHIN)


def _ruling(place: Place, case: Case) -> Library | None:
    """Return the rules that a case was opened under: those in force, or those that were kept."""
    if case.rules == place.library.hash:
        return place.library
    return hindsight.ruling(case, place.folder, place.config)
