"""The rules that a verb without a daemon judges by: those that ship, or a clinic's own."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from daemon import config, library, rulebook
from daemon.clock import SystemClock, local_date
from daemon.config import ConfigError
from daemon.library import Library
from daemon.protocol.rules import RULES_DIGITS, RulesState
from vagt import output
from vagt.main import UsageError
from vitals.rows import RowsError

INSTEAD = {
    RulesState.KEPT: "the last good rules are used instead",
    RulesState.SHIPPED: "the rules that ship are used instead",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare whose rules."""
    what = "judge by the rules of this clinic (default: those that ship)"
    parser.add_argument("--config", type=Path, metavar="F", help=what)


def today() -> date:
    """Return the day whose rules are asked for."""
    return local_date(SystemClock().now())


def chosen(arguments: argparse.Namespace) -> Library:
    """Return the set that the daemon of a configuration would use today; UsageError without any."""
    try:
        if arguments.config is None:
            return library.load()
        return rulebook.chosen(config.read(arguments.config), today())
    except (ConfigError, RowsError) as error:
        raise UsageError(str(error)) from error


def warn(verb: str, found: Library) -> None:
    """Say on standard error that the clinic's own rules are not the ones in use, and why."""
    if found.errors:
        more = len(found.errors) - 1
        rest = f" (and {more} more: see vagt check)" if more else ""
        line = f"vagt {verb}: {found.errors[0]}{rest}; {INSTEAD[found.state]}"
        output.error(" ".join(line.split()))


def document(found: Library) -> dict[str, str]:
    """Return what names the set in a JSON document: its whole hash, and which set it is."""
    return {"rules": found.hash, "rules_state": found.state}


def line(found: Library) -> str:
    """Return what names the set for people, as a dashboard names it."""
    return f"rules {found.hash[:RULES_DIGITS]}"
