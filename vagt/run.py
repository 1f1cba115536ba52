"""`vagt run`: the daemon."""

from __future__ import annotations

import argparse
import asyncio
import logging
from importlib.metadata import version
from pathlib import Path

from msgspec import structs

from daemon import activation, config, rulebook
from daemon.app import Daemon, StartError
from daemon.clock import SystemClock, local_date
from daemon.config import Config, ConfigError
from daemon.journal.store import JournalError
from daemon.library import Library
from daemon.lock import LockedError
from daemon.loudness import faint
from vagt import output
from vagt.main import WRONG_USE, UsageError
from vagt.stopping import until_told
from vitals.rows import RowsError

_LOG = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the configuration."""
    parser.add_argument(
        "--config", type=Path, default=config.DEFAULT_PATH, help="default: %(default)s"
    )


def run(arguments: argparse.Namespace) -> int:
    """Watch until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="vagt run: %(message)s")
    try:
        settings = config.read(arguments.config)
        rows = _rows(settings, arguments.config)
    except (ConfigError, RowsError) as error:
        for line in error.errors:
            output.error(f"vagt run: {line}")
        return WRONG_USE
    for line in rows.errors:
        _LOG.error("%s", line)
    try:
        daemon = Daemon(settings, rows, SystemClock(), version("vagt"))
        asyncio.run(until_told(daemon.run(lambda: _LOG.info("on watch"))))
    except LockedError as error:
        raise UsageError(f"{error}: stop that one first") from error
    except (JournalError, StartError) as error:
        raise UsageError(str(error)) from error
    return 0


def _rows(settings: Config, file: Path) -> Library:
    """Return the rules to run with; ConfigError where the configuration does not go with them.

    While others than the wanted ones are in force it may still go with those: then it is only told.
    """
    day = local_date(SystemClock().now())
    rows = rulebook.chosen(settings, day)
    found = [*activation.unusable(settings, rows, day), *faint(settings.sound, rows.tones)]
    faults = [f"{file}: {fault}" for fault in found]
    if faults and not rows.errors:
        raise ConfigError(faults)
    return structs.replace(rows, errors=(*rows.errors, *faults))
