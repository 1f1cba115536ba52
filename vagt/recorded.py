"""`vagt alarms show`: the waves and numbers around the alarms of a case, read from its journal."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import structs

from daemon.journal.recorded import AlarmRecorded, AlarmUnrecorded
from daemon.journal.store import FILE, JournalError, file, opened
from daemon.journal.strip import Strip, StripError, unpacked
from vagt import drawn, output, past
from vagt.journal import folder
from vagt.main import UsageError

HEADINGS = ("AT", "ALARM", "DEVICE", "PRIORITY", "FROM", "TO", "BYTES")
NOTHING = "-"


class BadFileError(Exception):
    """A file that an event names is not as it was written; `vagt journal verify` names it too."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which alarms of which case, and where the journal lies."""
    parser.add_argument("case", metavar="CASE", help="its number")
    parser.add_argument("alarm", metavar="ALARM", nargs="?", help="its id; all without one")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that keeps the journal")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds it")
    parser.add_argument("--json", action="store_true", help="one JSON document, with every sample")


def run(arguments: argparse.Namespace) -> int:
    """Show what is kept: 1 where nothing is, or where a file is not as it was written."""
    place = folder(arguments)
    kept, missed = _found(place, arguments)
    try:
        strips = [_strip(place, event) for event in kept]
    except BadFileError as error:
        output.error(str(error))
        return 1
    if arguments.json:
        output.json_line(_document(arguments.case, list(zip(kept, strips, strict=True)), missed))
    else:
        _print(arguments.case, kept, strips, missed)
    return 0 if kept else 1


def _found(
    place: Path, arguments: argparse.Namespace
) -> tuple[list[AlarmRecorded], list[AlarmUnrecorded]]:
    kept: list[AlarmRecorded] = []
    missed: list[AlarmUnrecorded] = []
    for event, _ in past.events(place):
        match event:
            case AlarmRecorded() if _asked(event, arguments):
                kept.append(event)
            case AlarmUnrecorded() if _asked(event, arguments):
                missed.append(event)
            case _:
                pass
    return kept, missed


def _asked(event: AlarmRecorded | AlarmUnrecorded, arguments: argparse.Namespace) -> bool:
    return event.case == arguments.case and arguments.alarm in (None, event.alarm)


def _strip(place: Path, event: AlarmRecorded) -> Strip:
    try:
        with closing(opened(place / FILE)) as connection:
            found = file(connection, event.sha256)
    except (JournalError, sqlite3.Error) as error:
        raise UsageError(str(error)) from error
    if found is None or not found.whole:
        raise BadFileError(f"file {event.file} is not there as it was written: restore a backup")
    try:
        return unpacked(found.body)
    except StripError as error:
        raise BadFileError(f"file {event.file}: {error}") from error


def _document(
    case: str,
    kept: Iterable[tuple[AlarmRecorded, Strip]],
    missed: Iterable[AlarmUnrecorded],
) -> dict[str, Any]:
    alarms = [{**_fields(event), "strip": strip} for event, strip in kept]
    return {"case": case, "alarms": alarms, "unrecorded": [_fields(one) for one in missed]}


def _fields(event: AlarmRecorded | AlarmUnrecorded) -> dict[str, Any]:
    names = {one.name: one.encode_name for one in structs.fields(event)}
    return {names[name]: value for name, value in structs.asdict(event).items()}


def _print(
    case: str,
    kept: list[AlarmRecorded],
    strips: list[Strip],
    missed: list[AlarmUnrecorded],
) -> None:
    if not kept and not missed:
        output.line(f"nothing is recorded around alarms of {case}: vagt case find names cases")
        return
    output.table([HEADINGS, *map(_row, kept)])
    for one in missed:
        output.line(f"{one.at}  {one.alarm}: not recorded ({one.why})")
    for event, strip in _each(kept, strips):
        output.line("")
        output.line(f"{event.alarm} {event.at}, {event.file}")
        if strip.numbers:
            output.table(drawn.table(strip))
        for text in drawn.waves(strip):
            output.line(text)


def _row(event: AlarmRecorded) -> tuple[str, ...]:
    device = event.device or NOTHING
    told = event.at, event.alarm, device, event.priority, event.begin, event.end
    return *told, str(event.size)


def _each(
    kept: Iterable[AlarmRecorded], strips: Iterable[Strip]
) -> Iterator[tuple[AlarmRecorded, Strip]]:
    """Yield every file once, with the first alarm of those that share it."""
    seen: set[str] = set()
    for event, strip in zip(kept, strips, strict=True):
        if event.sha256 not in seen:
            seen.add(event.sha256)
            yield event, strip
