"""What the clinic wrote and could be used is kept, for a start at which it cannot be."""

from __future__ import annotations

import logging

from daemon import checkbook, shelf
from daemon.checkbook import Checkbook
from daemon.clock import local_date
from daemon.config import Config
from daemon.journal.events import ListsUnusable
from daemon.library import Library
from daemon.protocol.rules import RulesState
from daemon.ward import Ward
from vitals.instant import Instant

_LOG = logging.getLogger(__name__)


def rules(found: Library, config: Config) -> None:
    """Make the rules in force the last good ones, unless they are that or less already."""
    if found.state is RulesState.IN_ORDER:
        try:
            shelf.keep(found.files, found.hash, config.data.dir)
        except OSError as error:
            _LOG.warning("the rules in force cannot be kept as the last good ones: %s", error)


def lists(config: Config, ward: Ward, now: Instant) -> Checkbook:
    """Return the checklists and stock rows in force; what is wrong of others is recorded."""
    found = checkbook.chosen(config, local_date(now))
    if found.errors:
        ward.record(ListsUnusable(found.state, found.hash, found.errors), now)
        for line in found.errors:
            _LOG.warning("checklists: %s", line)
    try:
        checkbook.keep(found, config.data.dir)
    except OSError as error:
        _LOG.warning("the checklists in force cannot be kept as the last good ones: %s", error)
    return found
