"""`vagt telemetry status|dead-letters`: what waits for the servers, and what they never took."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from daemon.protocol.telemetry import Sink, Telemetry
from telemetry import store
from telemetry.schema import FILE, StoreError, reader, translated
from telemetry.store import Dead
from vagt import output
from vagt.journal import folder
from vagt.main import UsageError
from vagt.show import SOCKET
from vagt.visit import visit
from vitals.instant import Instant
from vitals.outward import Link

HEADINGS = ("SERVER", "STANDS", "WAITING", "SINCE", "RATE", "SENT", "DEAD", "LAST ERROR")
REFUSALS = ("AT", "SERVER", "REASON", "WHAT")
NOTHING = "-"
MOST = 1_000_000
LIMIT = 1_000
"""Dead letters shown, the newest first, unless `--limit` says otherwise."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the two deeds, and where the daemon or its files are."""
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    status = deeds.add_parser("status", help="what waits, since when, how fast it goes")
    status.add_argument("--socket", type=Path, default=SOCKET, help="the daemon's socket")
    status.add_argument("--json", action="store_true", help="one JSON document")
    dead = deeds.add_parser("dead-letters", help="what a server will never take, newest first")
    place = dead.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that keeps them")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds them")
    dead.add_argument("--limit", type=_count, default=LIMIT, help="so many at most")
    dead.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Show it: 1 where a server does not take what waits, or dead letters there are."""
    return _status(arguments) if arguments.deed == "status" else _dead(arguments)


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MOST}")
    return int(text)


def _status(arguments: argparse.Namespace) -> int:
    with visit(arguments.socket) as daemon:
        told = daemon.telemetry()
    if arguments.json:
        output.json_line(msgspec.to_builtins(told))
    else:
        _print(told)
    well = not told.failing and all(sink.link is Link.UP for sink in told.sinks)
    return 0 if well else 1


def _print(told: Telemetry) -> None:
    if told.sinks:
        output.table([HEADINGS, *map(_row, told.sinks)])
    else:
        output.line("no server is configured: history is kept here alone")
    output.line(f"outbox: {told.fill:.0%} of its quota is owed; {told.lost} lost")
    if told.failing:
        output.line(f"nothing is kept: {told.failing}")


def _row(sink: Sink) -> tuple[str, ...]:
    since = NOTHING if sink.oldest_s is None else f"{sink.oldest_s:.0f} s"
    counts = str(sink.owed), since, f"{sink.rate:.1f}/s", str(sink.sent), str(sink.dead)
    return (sink.name, sink.link, *counts, sink.error or NOTHING)


def _dead(arguments: argparse.Namespace) -> int:
    path = folder(arguments) / FILE
    try:
        with closing(reader(path)) as connection:
            found = store.dead(connection, arguments.limit)
    except StoreError as error:
        raise UsageError(str(error)) from error
    except sqlite3.Error as error:
        raise UsageError(str(translated(path, error))) from error
    if arguments.json:
        output.json_line({"dead_letters": [_document(one) for one in found]})
    elif found:
        output.table([REFUSALS, *((_at(one), one.sink, one.reason, one.what) for one in found)])
    else:
        output.line("none: every server took what it was sent")
    return 1 if found else 0


def _document(one: Dead) -> dict[str, str]:
    return {"at": _at(one), "sink": one.sink, "reason": one.reason, "what": one.what}


def _at(one: Dead) -> str:
    return Instant(0.0, one.at / 1000).rfc3339()
