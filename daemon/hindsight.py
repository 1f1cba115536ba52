"""What a case of any day came to, by the rules that it was opened under; without a daemon."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from daemon import rulebook, shelf
from daemon.chart import case as charted
from daemon.clock import local_date
from daemon.config import Config, Data, Monitoring, Patients, Site, Socket
from daemon.demands import Demands
from daemon.injecting import Injecting
from daemon.judging import Judging, grace
from daemon.library import Library, digest, library, load
from daemon.picture import Picture
from daemon.protocol import cases
from daemon.state import Holder
from monitoring.case import Case
from vitals.instant import Instant
from vitals.rows import RowsError

UNSAID = Config(
    site=Site(name="-", code="X"),
    beds=(),
    devices=(),
    data=Data(),
    socket=Socket(),
    monitoring=Monitoring(),
)
"""Where no configuration is named: Denmark, nobody's documents, the grace of the rows."""


def told(
    case: Case, at: Instant, journal: Holder, rules: Library | None, config: Config | None
) -> cases.Case:
    """Return a case as it stood at a moment, with what it came to where its rules are at hand.

    `journal` has the record of what watched it, and what its patient was given in other cases.
    """
    found = charted(case, (), at)
    if rules is None:
        return found
    found_by = judging(journal, rules, config)
    judged = found_by.verdicts(case, at)
    return structs.replace(found, verdicts=judged, account=found_by.account(case, at))


def judging(journal: Holder, rules: Library, config: Config | None) -> Judging:
    """Return what holds what is on record in a journal to a set of rules."""
    # Nobody is injected now, so that no key is made: the clinic's secret stays where it is.
    settings = structs.replace(config or UNSAID, patients=Patients())
    injecting = Injecting(settings, rules, Picture(()), journal)
    return Judging(rules, Demands(rules), journal, injecting, grace(settings, rules))


def ruling(case: Case, data: Path, config: Config | None) -> Library | None:
    """Return the rules that a case was opened under: what ships, what was kept, or the clinic's."""
    shipped = load()
    if case.rules == shipped.hash:
        return shipped
    return _kept(case.rules, data) or _wanted(case, config)


def _kept(name: str, data: Path) -> Library | None:
    """Return a set that was kept beside the journal; None where it is not there, or not whole."""
    if not shelf.NAME.fullmatch(name):
        return None
    files, errors = shelf.gathered(data / shelf.FOLDER / name)
    if errors or digest(files) != name:
        return None
    try:
        return library(files)
    except RowsError:  # a later version asks for more than the one that kept it
        return None


def _wanted(case: Case, config: Config | None) -> Library | None:
    if config is None:
        return None
    try:
        found = rulebook.wanted(config, local_date(case.opened))
    except RowsError:
        return None
    return found if found.hash == case.rules else None
