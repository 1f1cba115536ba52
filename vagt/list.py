"""`vagt list`: who is to come on a day, in which order, and what became of each."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from daemon.protocol.daylist import (
    AddRow,
    CancelRow,
    DoneRow,
    ListOrder,
    MoveRow,
    PasteRows,
    PlaceRow,
    TakeRow,
)
from vagt import listing
from vagt.main import UsageError
from vagt.show import SOCKET, initials
from vagt.visit import visit
from vitals.vocabulary import Cancellation, Side

LIMIT = 20_000
"""Characters that are pasted at once, at most."""
ID = "list"
"""Of the one order of a visit."""
ORDERS: dict[str, type[ListOrder]] = {
    "add": AddRow,
    "paste": PasteRows,
    "next": TakeRow,
    "done": DoneRow,
    "cancel": CancelRow,
    "move": MoveRow,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with a list."""
    _shared(parser, SOCKET)
    deeds = parser.add_subparsers(dest="deed", metavar="show|add|paste|next|done|cancel|move")
    # What stands before the deed is not overwritten by a default of the deed's own.
    _shared(deeds.add_parser("show", help="the list (also without any word)"), argparse.SUPPRESS)
    _add(_deed(deeds, "add", "put a patient at the end"))
    paste = _deed(deeds, "paste", "put patients at the end, one a line: all of them, or none")
    paste.add_argument("file", metavar="FILE", nargs="?", default="-", help="default: -, the input")
    _next(_deed(deeds, "next", "open a case from the next row that waits"))
    _row(_deed(deeds, "done", "say that a row was done without being taken"))
    cancel = _row(_deed(deeds, "cancel", "cancel a row that waits"))
    cancel.add_argument("--why", required=True, choices=list(Cancellation), help="the reason")
    _move(_row(_deed(deeds, "move", "put a row elsewhere, or on another day")))


def run(arguments: argparse.Namespace) -> int:
    """Show a list, or do one thing with it: 1 when the daemon refuses."""
    if arguments.deed in (None, "show"):
        day = None if arguments.day is None else _day(arguments.day)
        with visit(arguments.socket) as daemon:
            snapshot = daemon.snapshot
        return listing.shown(snapshot, day, json=arguments.json)
    order = _order(arguments)
    with visit(arguments.socket) as daemon:
        answer = daemon.ask(order)
    return listing.answered(answer, json=arguments.json)


def _shared(parser: argparse.ArgumentParser, socket: Path | str) -> None:
    suppressed = socket == argparse.SUPPRESS
    json: bool | str = argparse.SUPPRESS if suppressed else False
    day = argparse.SUPPRESS if suppressed else None
    parser.add_argument("--socket", type=Path, default=socket, help="the daemon's socket")
    parser.add_argument("--json", action="store_true", default=json, help="one JSON document")
    parser.add_argument("--day", default=day, metavar="YYYY-MM-DD", help="default: today")


def _deed(deeds: Any, name: str, purpose: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse names its type privately
    parser: argparse.ArgumentParser = deeds.add_parser(name, help=purpose, description=purpose)
    _shared(parser, argparse.SUPPRESS)
    parser.add_argument("--by", metavar="INITIALS", required=True, help="who says so")
    return parser


def _row(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("row", metavar="ROW", type=int, help="its number on the list")
    return parser


def _add(parser: argparse.ArgumentParser) -> None:
    codes = "procedures (3005, ent:3022), or an anaesthesia code (3021, ana:3022)"
    parser.add_argument("codes", nargs="+", metavar="CODE", help=codes)
    parser.add_argument(
        "--age", required=True, help="that day: 4y, 8m or 20d; only its band is kept"
    )
    parser.add_argument("--side", choices=list(Side))
    parser.add_argument("--site", help="of the procedures, where they alone do not decide")
    parser.add_argument("--note", help="at most 20 characters, no name and no number of a person")


def _next(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bed", required=True, help="where the case is opened")
    parser.add_argument("--row", type=int, help="this one, instead of the next")
    parser.add_argument("--age", help="as it is today, where a birthday has been")


def _move(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--before", metavar="ROW", type=int, help="before another row")
    where.add_argument("--last", action="store_true", help="at the end")
    where.add_argument("--to", metavar="YYYY-MM-DD", help="to another day")
    parser.add_argument("--age", help="with --to: as it will be then, where it is known")


def _order(arguments: argparse.Namespace) -> ListOrder:
    """Return the order if the daemon can read it."""
    kind: type[ListOrder] = ORDERS[arguments.deed]
    if kind is MoveRow and arguments.to is None:
        kind = PlaceRow
        if arguments.age is not None:
            raise UsageError("--age goes with --to: on its own day a row keeps the age it has")
    told = {name: value for name, value in vars(arguments).items() if value is not None}
    if kind is PasteRows:
        told["text"] = _text(arguments.file)
    fields = {name: told[name] for name in kind.__struct_fields__ if name in told}
    fields |= {"id": ID, "by": initials(arguments.by), "kind": kind.__struct_config__.tag}
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$.")
        raise UsageError(f"{place.rstrip('`') or 'the order'}: {what.lower()}: mend it") from error


def _text(name: str) -> str:
    """Return what is pasted."""
    try:
        data = sys.stdin.buffer.read(LIMIT + 1) if name == "-" else Path(name).read_bytes()
        text = data.decode()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{name}: {reason}; name a readable file, or - for input") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is no text in UTF-8: save it as such") from error
    if len(text) > LIMIT:
        raise UsageError(f"{name}: is longer than {LIMIT} characters: paste it in parts")
    if not text.strip():
        raise UsageError(f"{name}: has no line: write one a patient, as `3005 4y h note`")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--day {text!r}: is no day: write it as 2026-11-22") from error
