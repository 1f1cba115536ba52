"""What the practice comes to by everything that was said: each part anew when its inputs change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct, structs

from checklists.absence import absences, asked_anew
from checklists.due import Due, due
from checklists.entry import Entry, standing
from checklists.equipment import Device, register, remarks
from checklists.ledger import Stores, stores
from checklists.papers import OnFile, paper_findings
from checklists.readiness import Finding, Ready, readiness
from checklists.stock import Pack, packs
from checklists.stocktake import stock_findings
from daemon.checkbook import Checkbook
from daemon.clock import local_time
from daemon.config import Config
from daemon.library import Library
from daemon.readying import of_devices, of_gases, of_rows
from daemon.sensing import Sensing
from daemon.state import State
from daemon.supplied import OF_CYLINDERS, Supplied, supplied
from daemon.workday import Calendar, Workday
from monitoring.services import Kind
from vitals.acts import (
    Act,
    ChooseClinic,
    Counter,
    Discard,
    Mark,
    Recall,
    Receive,
    Recount,
    Register,
    Restore,
    Serviced,
    Shift,
    Sign,
    Take,
    Tested,
    Unseal,
    Warm,
    Withdraw,
)
from vitals.instant import Instant
from vitals.practice import Readiness

MINUTE_S, GLANCE_S = 60.0, 10.0
"""How often what time alone changes is looked at: clocks of packs; gases that flow."""
OF_LISTS = (Mark, Sign)
OF_STOCK = (Receive, Recount, Take, Discard, Shift, Unseal, Warm, Recall)
OF_DEVICES = (Register, Serviced, Tested, Withdraw, Restore)
OF_DAYS = (ChooseClinic, *OF_STOCK, *OF_DEVICES)
"""What tells where the work is, and what happened there: few beside the marks."""

Made = TypeVar("Made")


class Reckoned(Struct, frozen=True, kw_only=True):
    """All of it at one moment."""

    workday: Workday
    said: tuple[Entry, ...]
    """Of lists: all that was said of what there is on the day."""
    rows: tuple[Due, ...]
    packs: tuple[Pack, ...]
    minute: int
    """Packs are looked at once in each."""
    gases: Supplied
    devices: tuple[Device, ...]
    ready: Ready = Ready(Readiness.UNUSED)


class Reckoning:
    """Works it out; what has not changed is not worked out again."""

    def __init__(self, config: Config, library: Library, book: Checkbook, sensing: Sensing) -> None:
        self.book = book
        services = [one.service for one in library.editions.values()]
        given = {one.code for one in services if one.kind is Kind.ANAESTHESIA}
        self.calendar = Calendar(config, given)
        self._plans = config.practice.plans
        self._months = {one.competence: one.months for one in library.competence.refreshers}
        self._sensing = sensing
        self._memo: dict[str, tuple[object, Any]] = {}

    def reckoned(self, state: State, now: Instant) -> Reckoned:
        """Return everything as it stands."""
        at, practice = local_time(now), state.practice
        devices = self.once("devices", (practice, at.date()), lambda: self.devices(state, at))
        cases = (practice, at.date(), state.lists, _cases(state))
        day = self.once("day", cases, lambda: self.workday(state, at))
        workday = structs.replace(day, at=at)
        rows = self.once("rows", cases, lambda: self.rows(state, workday))
        stock = self.once("packs", practice, lambda: self.packs(state))
        glance = (cases, self._sensing.count, now.monotonic // GLANCE_S)
        gases = self.once("gases", glance, lambda: self._gases(state, workday))
        minute = int(now.monotonic // MINUTE_S)
        parts = (cases, gases.said, minute)
        found = Reckoned(
            workday=workday,
            said=self.once("marked", cases, lambda: self.marked(state, workday)),
            rows=rows,
            packs=stock,
            minute=minute,
            gases=gases,
            devices=devices,
        )
        ready = self.once("ready", parts, lambda: self._ready(found))
        return structs.replace(found, ready=ready)

    def of(self, state: State, kind: tuple[type[Act], ...]) -> tuple[Entry, ...]:
        """Return what stands of some kinds of acts, in its order."""
        said = self.said(state)
        return self.once(
            f"of {kind}",
            state.practice,
            lambda: tuple(one for one in said if isinstance(one.act, kind)),
        )

    def said(self, state: State) -> tuple[Entry, ...]:
        """Return everything that stands, in its order."""
        return self.once("said", state.practice, lambda: standing(state.practice))

    def devices(self, state: State, at: datetime) -> tuple[Device, ...]:
        """Return the register as it stands on the day of a moment."""
        return register(self.of(state, OF_DEVICES), at.date(), self.book.devices.kinds)

    def workday(self, state: State, at: datetime) -> Workday:
        """Return the day of a moment, today's or an earlier one."""
        said, devices = self.of(state, OF_DAYS), self.devices(state, at)
        found = self.calendar.workday(state, said, devices, at)
        anew = asked_anew(said, devices, found.places, self.book.devices)
        day = structs.replace(found.day, occasions=(*found.day.occasions, *anew))
        return structs.replace(found, day=day)

    def rows(self, state: State, workday: Workday) -> tuple[Due, ...]:
        """Return where every row stands that is asked for on a day."""
        return due(self.book.lists, self.marked(state, workday), workday.day)

    def marked(self, state: State, workday: Workday) -> tuple[Entry, ...]:
        """Return what was said of lists for what there is on a day: not of every case that was.

        With what was countered, and by what: a signature rests on both.
        """
        names = {one.name for one in workday.day.targets}
        return tuple(
            one
            for one in state.practice
            if isinstance(one.act, Counter)
            or (isinstance(one.act, OF_LISTS) and one.act.target in names)
        )

    def packs(self, state: State) -> tuple[Pack, ...]:
        """Return every pack."""
        return packs(self.of(state, OF_STOCK), self.book.supplies)

    def stores(self, state: State, at: datetime) -> Stores:
        """Return which cylinders stand where at a moment."""
        return stores(self.of(state, OF_CYLINDERS), self.book.gases, at, self._sensing.sensed)

    def _gases(self, state: State, workday: Workday) -> Supplied:
        return supplied(self.stores(state, workday.at), self.book.gases, workday, state)

    def _ready(self, found: Reckoned) -> Ready:
        day = found.workday.day.day
        return readiness(self._findings(found), day, used=found.workday.used)

    def _findings(self, found: Reckoned) -> Iterator[Finding]:
        workday, book = found.workday, self.book
        here = [one for one in found.devices if one.place in workday.places]
        yield from of_rows(found.rows, book.devices)
        yield from stock_findings(found.packs, book.supplies, workday.ground, workday.at)
        yield from of_gases(found.gases.said, book.gases, workday.clinic)
        said = remarks(here, workday.day.day, book.devices)
        yield from of_devices(said, book.devices, workday.clinic)
        yield from absences(found.devices, workday.places, book.devices)
        yield from self.papers(workday)

    def papers(self, workday: Workday) -> Iterator[Finding]:
        """Yield how each paper that is asked for stands on a day, in use or not."""
        held = OnFile(
            people=self.calendar.people,
            plans=self._plans,
            country=workday.clinic.country,
            months=self._months,
        )
        yield from paper_findings(self.book.papers, held, workday.day.day)

    def once(self, name: str, key: object, make: Callable[[], Made]) -> Made:
        """Return what was made last under a name, or make it anew where its key is another."""
        if name not in self._memo or self._memo[name][0] != key:
            self._memo[name] = (key, make())
        made: Made = self._memo[name][1]
        return made


def _cases(state: State) -> tuple[object, ...]:
    """Return what of the cases a day rests on; what is measured of them changes none of it."""
    return tuple(
        (one.number, one.bed, one.state, one.code, one.started, len(one.entries))
        for one in (*state.closed.values(), *state.cases.values())
    )
