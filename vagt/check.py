"""`vagt check`: a configuration and the rule rows, validated; every fault on a line of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from daemon import config, rulebook
from daemon.clock import SystemClock, local_date
from daemon.config import ConfigError
from daemon.protocol.rules import RULES_DIGITS
from monitoring.rows import RowsError
from vagt import output
from vagt.main import WRONG_USE


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("config", type=Path, metavar="CONFIG", help="the file to validate")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Say that all is in order, or list what is not and exit with 2."""
    try:
        settings = config.read(arguments.config)
        rows = rulebook.wanted(settings, local_date(SystemClock().now()))
    except (ConfigError, RowsError) as error:
        for line in error.errors:
            output.error(f"vagt check: {line}")
        return WRONG_USE
    if faults := config.shared(settings):
        for fault in faults:
            output.error(f"vagt check: {arguments.config}: {fault}")
        return WRONG_USE
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
