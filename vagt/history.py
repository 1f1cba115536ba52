"""`vagt history export`: numbers, waves and events as a file, read without the daemon."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from daemon.journal.alarming import AlarmChanged
from daemon.journal.events import CaseEnded, CaseEntered, CaseStarted
from daemon.journal.store import FILE as JOURNAL
from monitoring.case import Case, followed
from telemetry import history
from telemetry.history import Asked
from telemetry.schema import FILE, StoreError, reader, translated
from telemetry.series import Point, WaveSecond
from vagt import output, past
from vagt.journal import folder
from vagt.main import UsageError
from vagt.placed import placed
from vitals import deeds
from vitals.instant import Instant

DAY_S = 86_400
ENDLESS = 1 << 62
LONGEST_DAYS = 2
"""An EDF+ recording holds every second of its stretch, also those without a number."""
TOO_LONG = f"more than {LONGEST_DAYS} days: choose by --from and --to, or --case"
Item = TypeVar("Item", bound=Point | WaveSecond)
Event = tuple[int, str]
"""Milliseconds since 1970 UTC, and what happened: ids of closed vocabularies alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into the file."""

    place: Path
    asked: tuple[Asked, ...]
    """One, or of a case each bed that it lay in, while it did."""
    file: Path
    case: bool

    def of(self, bed: str) -> tuple[Asked, ...]:
        """Return what is asked of a bed."""
        return tuple(replace(one, bed=bed) for one in self.asked if one.bed in (None, bed))


@dataclass(slots=True)
class Seen:
    """What went by: how much of it, of which beds, from when to when."""

    points: int = 0
    waves: int = 0
    beds: set[str] = field(default_factory=set)
    low: int = ENDLESS
    high: int = -1

    def of(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, and take note of each."""
        for one in items:
            kind = isinstance(one, Point)
            self.points, self.waves = self.points + kind, self.waves + (not kind)
            self.beds.add(one.series.tag("bed"))
            self.low, self.high = min(self.low, one.at), max(self.high, one.at)
            yield one

    def document(self, events: int = 0) -> dict[str, Any]:
        """Return it as it is told: the times null where there was nothing."""
        there = self.high >= self.low
        begin, end = (_written(at) if there else None for at in (self.low, self.high))
        counts = {"points": self.points, "waves": self.waves, "events": events}
        return {**counts, "from": begin, "to": end}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what of history goes where."""
    deeds = parser.add_subparsers(dest="deed", metavar="export", required=True)
    export = deeds.add_parser("export", help="numbers, waves and events as a file")
    export.add_argument("--format", choices=("csv", "edf"), required=True, help="CSV or EDF+")
    export.add_argument("-o", dest="file", type=Path, metavar="FILE", required=True)
    export.add_argument("--from", dest="since", type=_time, metavar="T", help="RFC 3339, UTC")
    export.add_argument("--to", dest="until", type=_time, metavar="T", help="likewise; not with it")
    export.add_argument("--bed", help="of this bed alone")
    export.add_argument("--case", help="of this case alone: its bed, its time")
    place = export.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that keeps the history")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds it")
    export.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Write the file: 1 where there is nothing to write."""
    place = folder(arguments)
    if (asked := _asked(place, arguments)) is None:
        return _told(arguments, Seen().document(), f"the journal has no case {arguments.case}")
    wanted = Wanted(place, asked, arguments.file, arguments.case is not None)
    write = _table if arguments.format == "csv" else _recording
    try:
        with closing(reader(place / FILE)) as connection:
            told = write(connection, wanted)
    except StoreError as error:
        raise UsageError(str(error)) from error
    except sqlite3.Error as error:
        raise UsageError(str(translated(place / FILE, error))) from error
    return _told(arguments, told)


def _told(
    arguments: argparse.Namespace, told: dict[str, Any], why: str = "nothing was recorded then"
) -> int:
    document = {"file": str(arguments.file), "format": arguments.format, **told}
    if arguments.json:
        output.json_line(document)
    elif not told["points"] and not told["waves"]:
        output.line(why)
    else:
        counts = ", ".join(f"{told[name]} {name}" for name in ("points", "waves", "events"))
        output.line(f"{arguments.file}: {counts}")
    return 0 if told["points"] or told["waves"] else 1


def _time(text: str) -> int:
    """Return a moment as ms since 1970; argparse says what is wrong."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no time as 2026-11-21T09:30Z") from error
    return round(found.replace(tzinfo=found.tzinfo or UTC).timestamp() * 1000)


def _asked(place: Path, arguments: argparse.Namespace) -> tuple[Asked, ...] | None:
    """Return what is asked for; None where there is no such case."""
    since = 0 if arguments.since is None else arguments.since
    until = ENDLESS if arguments.until is None else arguments.until
    if since >= until:
        raise UsageError("--from is not before --to: give them the other way round")
    if arguments.case is None:
        return (Asked(since, until, arguments.bed),)
    if (known := past.whole(place, arguments.case)) is None:
        return None
    stays = (
        Asked(max(since, one.since), min(until, one.until), one.bed)
        for one in _stays(known.case)
        if arguments.bed in (None, one.bed)
    )
    return tuple(one for one in stays if one.since < one.until)


def _stays(case: Case) -> Iterator[Asked]:
    """Yield where a patient lay and when: others lay there before and after."""
    bed, since = (case.outset or case).bed, _ms(case.opened)
    for entry, state in followed(case):
        if state.over:
            yield Asked(since, _ms(entry.at) + 1, bed)
            return
        if isinstance(entry.deed, deeds.Move):
            yield Asked(since, _ms(entry.at) + 1, bed)
            bed, since = entry.deed.bed, _ms(entry.at)
    yield Asked(since, ENDLESS, bed)


def _ms(at: Instant) -> int:
    return round(at.wall * 1000)


def _written(at: int) -> str:
    return Instant(0.0, at / 1000).rfc3339()


def _table(connection: sqlite3.Connection, wanted: Wanted) -> dict[str, Any]:
    from telemetry.export import table  # the other format needs an extra

    seen, numbers = Seen(), _numbers(connection, wanted.asked)
    if (first := next(numbers, None)) is None:
        return seen.document()

    def write(file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as text:
            table.write(seen.of(chain([first], numbers)), text)

    placed(wanted.file, write)
    return seen.document()


def _recording(connection: sqlite3.Connection, wanted: Wanted) -> dict[str, Any]:
    try:
        from telemetry.export import recording  # an extra that not everybody has
    except ImportError as error:
        raise UsageError("EDF+ needs an extra: pip install 'vagt[edf]'") from error
    seen = _surveyed(connection, wanted.asked)
    if not seen.beds:
        return seen.document()
    asked = wanted.of(*seen.beds)
    stretch = recording.Stretch(*_whole(wanted, asked, seen))
    if stretch.seconds > LONGEST_DAYS * DAY_S:
        raise UsageError(TOO_LONG)
    events = _events(wanted.place, asked)
    inside = (one for one in events if stretch.since <= one[0] / 1000 < stretch.until)
    notes = [recording.Happened(at, text) for at, text in inside]
    kept = tuple(replace(one, until=min(one.until, seen.high + 1)) for one in asked)

    def write(file: Path) -> None:
        found = _numbers(connection, kept), _curves(connection, kept)
        recording.write(stretch, *found, notes, file)

    try:
        placed(wanted.file, write)
    except recording.EmptyError:
        return Seen().document()
    except ValueError as error:
        raise UsageError(str(error)) from error
    return seen.document(len(notes))


def _surveyed(connection: sqlite3.Connection, asked: tuple[Asked, ...]) -> Seen:
    """Return what there is, which may be more than the memory takes; UsageError where too much."""
    seen = Seen()
    both: Iterator[Point | WaveSecond]
    both = chain(_numbers(connection, asked), _curves(connection, asked))
    for _ in seen.of(both):
        if seen.high - seen.low > LONGEST_DAYS * DAY_S * 1000:
            raise UsageError(TOO_LONG)
    if len(seen.beds) > 1:
        beds = ", ".join(sorted(seen.beds))
        raise UsageError(f"a recording is of one bed: choose by --bed: {beds}")
    return seen


def _whole(wanted: Wanted, asked: tuple[Asked, ...], seen: Seen) -> tuple[int, int]:
    """Return the whole seconds of a recording: what was asked for.

    Without an end it ends with what there is; of a case that still lasts, with what was said of it.
    """
    since, high = asked[0].since or seen.low, seen.high
    if (until := asked[-1].until) < ENDLESS:
        high = until - 1
    elif wanted.case:
        high = max([high, *(at for at, _ in _events(wanted.place, asked))])
    return since // 1000, high // 1000 + 1


def _numbers(connection: sqlite3.Connection, asked: tuple[Asked, ...]) -> Iterator[Point]:
    found = (point for one in asked for point in history.points(connection, one))
    return (point for point in found if point.series.measurement == "vitals")


def _curves(connection: sqlite3.Connection, asked: tuple[Asked, ...]) -> Iterator[WaveSecond]:
    return (wave for one in asked for wave in history.waves(connection, one))


def _events(place: Path, asked: tuple[Asked, ...]) -> Iterator[Event]:
    """Yield what happened at a bed, in words of closed vocabularies: no notes, no initials."""
    if not (place / JOURNAL).is_file():
        return
    for event, at in past.events(place):
        if not (text := _text(event)):
            continue
        when = round((at.wall - getattr(event, "ago_s", 0.0)) * 1000)
        bed = getattr(event, "bed", None)
        if any(one.bed == bed and one.since <= when < one.until for one in asked):
            yield when, text


def _text(event: object) -> str:
    match event:
        case AlarmChanged():
            return f"alarm {event.cue} {event.alarm} {event.priority}"
        case CaseEntered():
            return f"case {event.deed.name()}"
        case CaseStarted():
            return "case begin"
        case CaseEnded():
            return "case end"
        case _:
            return ""
