"""`vagt journal verify|export`: read straight from the file, also when the daemon is dead."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from daemon import config
from daemon.config import ConfigError
from daemon.journal.replay import moment
from daemon.journal.store import CLEAN, FILE, JournalError, Verdict, opened, rows, verify
from vagt import output
from vagt.main import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the deed and where the journal lies."""
    parser.add_argument("deed", choices=("verify", "export"), help="check the chain; JSON lines")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that keeps it")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds it")
    parser.add_argument("--json", action="store_true", help="one JSON document (verify)")


def run(arguments: argparse.Namespace) -> int:
    """Verify (1 when the chain is broken) or export."""
    path = folder(arguments) / FILE
    try:
        return _verified(path, arguments) if arguments.deed == "verify" else _exported(path)
    except (JournalError, sqlite3.Error) as error:
        raise UsageError(str(error)) from error


def folder(arguments: argparse.Namespace) -> Path:
    """Return where the journal lies, by `--data` or `--config`."""
    if arguments.data is not None:
        return Path(arguments.data)
    try:
        return config.read(arguments.config or config.DEFAULT_PATH).data.dir
    except ConfigError as error:
        raise UsageError(str(error)) from error


def _verified(path: Path, arguments: argparse.Namespace) -> int:
    verdict = verify(path)
    if arguments.json:
        output.json_line(verdict)
    else:
        for line in _lines(verdict):
            output.line(line)
    return 0 if verdict.journal == CLEAN else 1


def _lines(verdict: Verdict) -> Iterator[str]:
    if verdict.journal == CLEAN:
        files = f", {verdict.files} files" if verdict.files else ""
        yield f"clean: {verdict.events} events{files}, head {verdict.head}"
    if verdict.first_bad is not None:
        yield f"broken: event {verdict.first_bad} does not follow from the one before it"
    for name in verdict.bad_files:
        yield f"broken: file {name} is not there as it was written"


def _exported(path: Path) -> int:
    with closing(opened(path)) as connection:
        for row in rows(connection):
            body = msgspec.Raw(row.body.encode())
            at = moment(row).rfc3339()
            output.json_line(
                {"seq": row.seq, "at": at, "kind": row.kind, "body": body, "hash": row.hash}
            )
    return 0
