"""`vagt history export`: numbers, waves and events as a file, read without the daemon."""

from __future__ import annotations

import argparse
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from daemon.journal.alarming import AlarmChanged
from daemon.journal.events import CaseEntered, CaseStarted
from daemon.journal.store import FILE as JOURNAL
from telemetry import history
from telemetry.history import Asked
from telemetry.schema import FILE, StoreError, reader, translated
from telemetry.series import Point, WaveSecond
from vagt import output, past
from vagt.journal import folder
from vagt.main import UsageError

DAY_MS = 86_400_000
ENDLESS = 1 << 62
LONGEST_DAYS = 2
"""An EDF+ recording holds every second of its stretch, also those without a number."""
Event = tuple[int, str]
"""Milliseconds since 1970 UTC, and what happened: ids of closed vocabularies alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into the file."""

    place: Path
    asked: Asked
    file: Path


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
        output.line(f"the journal has no case {arguments.case}")
        return 1
    wanted = Wanted(place, asked, arguments.file)
    write = _table if arguments.format == "csv" else _recording
    try:
        with closing(reader(place / FILE)) as connection:
            told = write(connection, wanted)
    except StoreError as error:
        raise UsageError(str(error)) from error
    except sqlite3.Error as error:
        raise UsageError(str(translated(place / FILE, error))) from error
    return _told(arguments, told)


def _told(arguments: argparse.Namespace, told: dict[str, Any]) -> int:
    document = {"file": str(arguments.file), "format": arguments.format, **told}
    if arguments.json:
        output.json_line(document)
    elif not told["points"] and not told["waves"]:
        output.line("nothing was recorded then")
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


def _asked(place: Path, arguments: argparse.Namespace) -> Asked | None:
    since, until = arguments.since, arguments.until
    if since is not None and until is not None and since >= until:
        raise UsageError("--from is not before --to: give them the other way round")
    if arguments.case is None:
        return Asked(since or 0, until or ENDLESS, arguments.bed)
    found = [
        (round(at.wall * 1000), getattr(event, "bed", ""))
        for event, at in past.events(place)
        if getattr(event, "case", None) == arguments.case
    ]
    if not found:
        return None
    first, last = min(found)[0], max(found)[0]
    bed = next((bed for _, bed in reversed(found) if bed), None)
    return Asked(max(first, since or 0), min(last + 1, until or ENDLESS), bed)


def _table(connection: sqlite3.Connection, wanted: Wanted) -> dict[str, Any]:
    from telemetry.export import table  # the other format needs an extra

    found = _numbers(connection, wanted.asked)
    if (first := next(found, None)) is None:
        return {"points": 0, "waves": 0, "events": 0}

    def write(file: Path) -> int:
        with file.open("w", encoding="utf-8", newline="") as text:
            return table.write(chain([first], found), text)

    return {"points": _placed(wanted.file, write), "waves": 0, "events": 0}


def _recording(connection: sqlite3.Connection, wanted: Wanted) -> dict[str, Any]:
    try:
        from telemetry.export import recording  # an extra that not everybody has
    except ImportError as error:
        raise UsageError("EDF+ needs an extra: pip install 'vagt[edf]'") from error
    points = list(_numbers(connection, wanted.asked))
    waves = list(history.waves(connection, wanted.asked))
    found: list[Point | WaveSecond] = [*points, *waves]
    beds = sorted({one.series.tag("bed") for one in found})
    if len(beds) > 1:
        raise UsageError(f"a recording is of one bed: choose by --bed: {', '.join(beds)}")
    counts = {"points": len(points), "waves": len(waves), "events": 0}
    if not beds:
        return counts
    times = [one.at for one in found]
    since, until = wanted.asked.since or min(times), min(wanted.asked.until, ENDLESS)
    last = max(times) if until == ENDLESS else until - 1
    stretch = recording.Stretch(since // 1000, last // 1000 + 1)
    if stretch.seconds > LONGEST_DAYS * DAY_MS // 1000:
        raise UsageError(f"more than {LONGEST_DAYS} days: choose by --from and --to, or --case")
    asked = Asked(stretch.since * 1000, stretch.until * 1000, beds[0])
    events = [recording.Happened(at, text) for at, text in _events(wanted.place, asked)]

    def write(file: Path) -> None:
        recording.write(stretch, points, waves, events, file)

    _placed(wanted.file, write)
    return counts | {"events": len(events)}


def _numbers(connection: sqlite3.Connection, asked: Asked) -> Iterator[Point]:
    found = history.points(connection, asked)
    return (point for point in found if point.series.measurement == "vitals")


def _events(place: Path, asked: Asked) -> Iterator[Event]:
    """Yield what happened at a bed, in words of closed vocabularies: no notes, no initials."""
    if not (place / JOURNAL).is_file():
        return
    for event, at in past.events(place):
        when = round(at.wall * 1000)
        inside = asked.since <= when < asked.until
        if inside and getattr(event, "bed", None) == asked.bed and (text := _text(event)):
            yield when, text


def _text(event: object) -> str:
    match event:
        case AlarmChanged():
            return f"alarm {event.cue} {event.alarm} {event.priority}"
        case CaseEntered():
            return f"case {event.deed.name()}"
        case CaseStarted():
            return "case begin"
        case _:
            return ""


def _placed(file: Path, write: Callable[[Path], Any]) -> Any:  # noqa: ANN401 - what `write` returns
    """Write a file beside its place and put it there whole; UsageError where it cannot be."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        found = write(beside)
        beside.replace(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{file}: {reason}: choose another place by -o") from error
    finally:
        beside.unlink(missing_ok=True)
    return found
