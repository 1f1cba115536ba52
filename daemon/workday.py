"""Where the work is on a day, with everything that checklists and stock ask about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct, structs

from checklists import clinic
from checklists.clinic import Clinic
from checklists.days import Day, Target
from checklists.entry import Entry
from checklists.equipment import Device
from checklists.people import known
from checklists.shortage import Ground
from daemon.clock import local_time
from daemon.config import Config
from daemon.occasions import occasions
from daemon.state import State
from monitoring.case import Case
from vitals.practice import Scope
from vitals.vocabulary import CaseKind

Days = Mapping[str, frozenset[date]]
"""By the code of a clinic."""


class Workday(Struct, frozen=True, kw_only=True):
    """One day where the work is, or would be."""

    at: datetime
    """The moment of it that is looked at, with the time zone of the clinic."""
    clinic: Clinic
    """Of the day, or else the one that is offered."""
    chosen: str
    """Its code, once it was chosen; empty: nobody has said."""
    offered: str
    kits: tuple[str, ...]
    """That are at hand there."""
    day: Day
    used: bool
    """Somebody works there that day."""
    codes: tuple[str, ...] | None
    """The services of the day; None: not known."""
    begun: tuple[datetime, ...]
    """When the cases at hand began there."""

    @property
    def places(self) -> tuple[str, ...]:
        """Return where things count: at the clinic, and in its kits."""
        return (self.clinic.code, *self.kits)

    @property
    def ground(self) -> Ground:
        """Return it as stock asks."""
        return Ground(self.clinic.code, self.kits, self.codes)


class Calendar:
    """Knows the clinics, the kits and the people of a practice."""

    def __init__(self, config: Config, anaesthetics: Collection[str] = ()) -> None:
        """`anaesthetics` are the codes that an anaesthetic can have."""
        self._anaesthetics = frozenset(anaesthetics)
        self.clinics = config.practice.clinics or (_bare(config),)
        self.kits = config.practice.kits
        self.people = config.people

    @property
    def places(self) -> tuple[str, ...]:
        """Return every place that there is: clinics and kits."""
        return (*(one.code for one in self.clinics), *(kit.name for kit in self.kits))

    def workday(
        self, state: State, said: Sequence[Entry], devices: Sequence[Device], at: datetime
    ) -> Workday:
        """Return the day of a moment; `said` stands, `devices` are the register as it is then."""
        today = at.date()
        chosen = clinic.chosen(said, self.clinics, today, at)
        offered = clinic.offered(said, self.clinics)
        here, begun = chosen or offered, self._begun(state, said)
        cases = {code: frozenset(one.date() for one in times) for code, times in begun.items()}
        used, codes = clinic.used(said, cases), _codes(state, today)
        things = [*self._things(here, devices), *self._persons(today)]
        targets = [
            structs.replace(one, used=_all(used, visited), cases=_all(cases, visited), codes=codes)
            for one in things
            for visited in [self._visited(one, here, devices)]
        ]
        return Workday(
            at=at,
            clinic=here,
            chosen=chosen.code if chosen else "",
            offered=offered.code,
            kits=self._kits(here),
            day=Day(
                day=today,
                targets=(*targets, *_open(state, self._anaesthetics)),
                country=here.country,
                occasions=tuple(occasions(state, said, devices)),
            ),
            used=today in used.get(here.code, ()) or chosen is not None,
            codes=None if codes is None else tuple(sorted(codes)),
            begun=tuple(begun.get(here.code, ())),
        )

    def _kits(self, here: Clinic) -> tuple[str, ...]:
        return tuple(kit.name for kit in self.kits if kit.comes(here.code))

    def _things(self, here: Clinic, devices: Iterable[Device]) -> Iterator[Target]:
        """Yield the clinic, the kits and the devices that are there, without their days."""
        places = (here.code, *self._kits(here))
        yield Target(scope=Scope.SITE, name=here.code)
        for name in self._kits(here):
            yield Target(scope=Scope.KIT, name=name)
        for one in devices:
            if one.place in places and not one.out:
                yield Target(scope=Scope.DEVICE, name=one.name, kind=one.what)

    def _persons(self, day: date) -> Iterator[Target]:
        listed = known(self.people, day)
        for one in self.people:
            if one.initials in listed:
                yield Target(scope=Scope.PERSON, name=one.initials, roles=one.roles)

    def _visited(self, target: Target, here: Clinic, devices: Iterable[Device]) -> tuple[str, ...]:
        """Return the clinics whose days are days of a target."""
        if target.scope is Scope.PERSON:
            return tuple(one.code for one in self.clinics)
        name = target.name
        if target.scope is Scope.DEVICE:
            name = next((one.place for one in devices if one.name == name), name)
        kits = [kit for kit in self.kits if kit.name == name]
        return tuple(one.code for one in self.clinics for kit in kits if kit.comes(one.code)) or (
            here.code,
        )

    def _begun(self, state: State, said: Sequence[Entry]) -> dict[str, list[datetime]]:
        """Return when cases began, by clinic: the one chosen then, or else one with that bed."""
        found: dict[str, list[datetime]] = {}
        for case in (*state.closed.values(), *state.cases.values()):
            if case.started is not None:
                at = local_time(case.started)
                code = clinic.choice(said, at.date(), at) or self._with_bed(case)
                found.setdefault(code, []).append(at)
        return found

    def _with_bed(self, case: Case) -> str:
        there = [one.code for one in self.clinics if case.bed in one.beds]
        return there[0] if there else self.clinics[0].code


def _bare(config: Config) -> Clinic:
    """Return the site as the one clinic, of a configuration that was not read from a file."""
    beds = tuple(bed.name for bed in config.beds)
    return Clinic(name=config.site.name, code=config.site.code, beds=beds)


def _all(days: Days, codes: Iterable[str]) -> frozenset[date]:
    return frozenset(one for code in codes for one in days.get(code, ()))


def _codes(state: State, today: date) -> frozenset[str] | None:
    """Return the services of a day: on its list, and of the cases that are open; None: unknown."""
    listed = [row.plan.code for row in state.list(today).rows]
    running = [case.code for case in state.cases.values() if not case.state.over]
    return frozenset(code for code in (*listed, *running) if code) if listed else None


def _open(state: State, anaesthetics: frozenset[str]) -> Iterator[Target]:
    """Yield the cases that are open; an anaesthetic without a code yet may be of any of them."""
    for case in state.cases.values():
        if not case.state.over:
            started = [] if case.started is None else [local_time(case.started).date()]
            unknown = anaesthetics if case.kind is CaseKind.ANAESTHETIC else None
            codes = frozenset({case.code}) if case.code else unknown or None
            yield Target(scope=Scope.CASE, name=case.number, cases=frozenset(started), codes=codes)
