"""`vagt check`: a configuration and the rule rows, validated; every fault on a line of its own."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from daemon import activation, checkbook, config, library, peers, rulebook
from daemon.clock import SystemClock, local_date
from daemon.config import Config, ConfigError
from daemon.library import Library
from daemon.loudness import faint
from daemon.protocol.rules import RULES_DIGITS
from vagt import output
from vagt.main import WRONG_USE
from vitals.rows import RowsError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("config", type=Path, metavar="CONFIG", help="the file to validate")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Say that all is in order, or list what is not and exit with 2."""
    try:
        settings = config.read(arguments.config)
    except ConfigError as error:
        return _refused(error.errors)
    day = local_date(SystemClock().now())
    rows, errors = _wanted(settings, day)
    errors = [*errors, *_unlisted(settings, day)]
    faults = [*activation.unusable(settings, rows, day), *faint(settings.sound, rows.tones)]
    faults += [*config.shared(settings), *peers.unknown(settings.practice.terminals)]
    if errors or faults:
        return _refused([*errors, *(f"{arguments.config}: {fault}" for fault in faults)])
    beds, devices = len(settings.beds), len(settings.devices)
    if arguments.json:
        found = {"config": str(arguments.config), "beds": beds, "devices": devices}
        services = sorted({one.service.code for one in rows.editions.values()})
        rules = {"rules": rows.hash, "not_approved": rows.unapproved}
        output.json_line({**found, "services": services, **rules})
    else:
        output.line(f"{arguments.config}: in order; beds {beds}, devices {devices}")
        unsigned = f"; NOT APPROVED: {', '.join(rows.unapproved)}" if rows.unapproved else ""
        output.line(f"rules {rows.hash[:RULES_DIGITS]}{unsigned}")
    return 0


def _wanted(settings: Config, day: date) -> tuple[Library, Sequence[str]]:
    """Return the rules that are wanted; where they have errors, those that ship and the errors."""
    try:
        return rulebook.wanted(settings, day), ()
    except RowsError as error:
        return library.load(), error.errors


def _unlisted(settings: Config, day: date) -> Sequence[str]:
    """Return what is wrong of the checklists that are wanted, and of who signs one that is none."""
    try:
        found = checkbook.wanted(settings, day).lists
    except RowsError as error:
        return error.errors
    known = ", ".join(one.id for one in found.templates)
    return [
        f"[checklists] signers: there is no list {name!r}: write one of {known}"
        for name in settings.practice.checklists.signers
        if found.find(name) is None
    ]


def _refused(errors: Sequence[str]) -> int:
    for line in errors:
        output.error(f"vagt check: {line}")
    return WRONG_USE
