"""How stock, equipment, gases and papers stood at a moment, over all clinics of a practice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

from msgspec import structs

from checklists.answered import row_finding
from checklists.due import DueState
from checklists.readiness import readiness
from daemon.checkbook import Checkbook
from daemon.config import Config
from daemon.library import Library
from daemon.picture import Picture
from daemon.protocol.month import Standing
from daemon.protocol.practice import Machine, PackLine, Reason
from daemon.reckoning import Reckoned, Reckoning
from daemon.registered import registered
from daemon.sensing import Sensing
from daemon.state import State
from daemon.stocked import stocked
from daemon.supplied import told
from daemon.whereabouts import reason
from vitals.instant import Instant

_QUIET = "in_use"
Row = TypeVar("Row")


def asking(config: Config, library: Library, book: Checkbook) -> Reckoning:
    """Return what works out how the clinic of a moment stood; of monitors nothing is known then."""
    return Reckoning(config, library, book, Sensing(Picture(())))


class Stand:
    """Looks at one moment from every clinic."""

    def __init__(self, config: Config, library: Library, book: Checkbook) -> None:
        self._book = book
        practice = config.practice
        each = [structs.replace(practice, clinics=(one,)) for one in practice.clinics]
        settings = [structs.replace(config, practice=one) for one in each] or [config]
        self._each = [asking(one, library, book) for one in settings]

    def at(self, state: State, at: Instant) -> Standing:
        """Return how everything stood."""
        found, gases = [one.reckoned(state, at) for one in self._each], self._book.gases
        supplied = [told(one.gases, gases, one.workday, frozenset()) for one in found]
        today = found[0].workday.day.day
        packs = _packs(found[0], self._book)
        expired = sum(one.until < today for one in packs)
        return Standing(
            packs=packs,
            machines=tuple(_machines(found[0], self._book)),
            supplies=_once(
                (one for each in supplied for one in each.supplies),
                lambda one: (one.gas, one.place),
            ),
            cylinders=_once(
                (one for each in supplied for one in each.cylinders), lambda one: one.name
            ),
            papers=_once(self._papers(found), lambda one: (one.id, one.target)),
            overdue=_once(_overdue(found), lambda one: (one.id, one.target)),
            ending=len(packs) - expired,
            expired=expired,
            ahead_days=self._book.supplies.ahead.due_days,
        )

    def _papers(self, found: Iterable[Reckoned]) -> Iterator[Reason]:
        """Yield what is missing, ends soon or has ended, also where nobody works that day."""
        for one, each in zip(self._each, found, strict=True):
            day = each.workday.day.day
            told_of = readiness(one.papers(each.workday), day, used=True).reasons
            yield from (reason(paper) for paper in told_of)


def _packs(found: Reckoned, book: Checkbook) -> tuple[PackLine, ...]:
    """Return the packs that end within the time that the rows say, or have ended."""
    last = found.workday.day.day + timedelta(days=book.supplies.ahead.due_days)
    lines = stocked(found.packs, book.supplies, found.workday).packs
    return tuple(one for one in lines if one.until <= last)


def _machines(found: Reckoned, book: Checkbook) -> Iterator[Machine]:
    """Yield the devices that are asked something of, what holds first."""
    told_of = registered(found.devices, found.workday.day.day, book.devices).machines
    asked = [one for one in told_of if one.state != _QUIET]
    yield from sorted(asked, key=lambda one: (not one.holds, str(one.service_due), one.name))


def _overdue(found: Iterable[Reckoned]) -> Iterator[Reason]:
    """Yield each row without which a case was started."""
    for each in found:
        yield from (reason(row_finding(one)) for one in each.rows if one.state is DueState.OVERDUE)


def _once(rows: Iterable[Row], key: Callable[[Row], object]) -> tuple[Row, ...]:
    """Return the first of each key."""
    found: dict[object, Row] = {}
    for one in rows:
        found.setdefault(key(one), one)
    return tuple(found.values())
