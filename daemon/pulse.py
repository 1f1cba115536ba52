"""The evaluation: what is seen is held to the rules, at every reading and ten times a second."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from msgspec import Struct, structs

from daemon import views
from daemon.charting import Charting
from daemon.following import Following
from daemon.journal.events import DeviceChanged, MeasureSeen
from daemon.library import Library
from daemon.picture import Picture, Station, Turn
from daemon.protocol import cases
from daemon.viewing import Viewing, held
from daemon.ward import Ward
from monitoring.alarms import Alarm, Change, Key, advance, apply
from monitoring.breathless import breathless_s
from monitoring.case import Case
from monitoring.cells import Cell, cells
from monitoring.course import facts
from monitoring.detectors import PROVES
from monitoring.notices import notices
from monitoring.obligations import Obliged
from monitoring.steps import ATTENDED
from monitoring.view import BedView, DeviceView
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.practice import Gas
from vitals.reading import Item

TICK_S = 0.1
BREATHS = frozenset({Measure.RESPIRATORY_RATE})


class Shown(Struct, frozen=True):
    """What is told of a case besides what was said of it."""

    cells: tuple[Cell, ...] = ()
    notices: tuple[str, ...] = ()
    breathless_s: float | None = None

    @property
    def lasting(self) -> tuple[object, ...]:
        """Return what is told anew when it changes; time alone changes none of it."""
        return self.cells, self.notices


class Pulse:
    """Holds every bed's running case to its rules and tells what comes of it."""

    def __init__(
        self,
        picture: Picture,
        ward: Ward,
        library: Library,
        grace_s: float,
        following: Following,
        charting: Charting,
    ) -> None:
        self._picture = picture
        self._ward = ward
        self._library = library
        self._demands = charting.demands
        self._tell = ward.tell
        self._following = following
        self._viewing = Viewing(ward, library, grace_s, following)
        self._charting = charting
        self._judged: dict[str, tuple[object, ...]] = {}
        self._told: dict[str, tuple[object, ...]] = {}
        self.noted: Callable[[Case, Sequence[Change], BedView, Instant], None] | None = None
        """Who takes note of what becomes of the alarms of a case."""
        self.sounding = True
        """Whether alarms can be heard; the sound says so."""
        self.gases: Callable[[str], Mapping[Gas, float | None]] = lambda _: {}
        """Who says for how many minutes each gas that flows at a bed is enough."""
        self.owed: Callable[[], float] = lambda: 0.0
        """Who says which share of the outbox's quota servers are owed."""
        self.completed: Callable[[Instant], None] = lambda _: None
        """Who is told that every bed has been evaluated."""

    async def beat(self, clock: Clock) -> None:
        """Evaluate every bed ten times a second, for ever."""
        while True:
            now = clock.now()
            self._viewing.look(now)
            for station in self._picture.stations:
                if station.quiet(now) and station.turn(Turn.QUIET, now):
                    self.connection(station, now)
            for bed in self._ward.state.beds():
                self.evaluate(bed, now)
            self.completed(now)
            await clock.sleep(TICK_S)

    def hear(self, station: Station, items: Sequence[Item]) -> None:
        """Take note of what a device sent, before its bed is evaluated."""
        self._viewing.hear(station, items)

    def connection(self, station: Station, now: Instant) -> None:
        """Tell that a device's connection changed, and record it while a case runs at its bed."""
        self._tell(views.device(station, now))
        bed = station.bed
        if self._ward.state.watched(bed) is not None:
            name, state = station.device.name, station.state
            self._ward.record(DeviceChanged(bed, name, state, station.reason), now)
            self.evaluate(bed, now)

    def evaluate(self, bed: str, now: Instant) -> None:
        """Hold a bed's case to its rules, as everything stands at `now`, while it is watched."""
        case = self._ward.state.watched(bed)
        if case is None:
            return
        devices = self._following.follow(case, now)
        rows = self._demands.of(case, now)
        view = self._view(case, rows, devices, now)
        before = self._ward.state.alarms.get(bed, {})
        after, changes = advance(before, view, self._library.alarms.conditions, now)
        self._see(case, view, now)
        for change in changes:
            self._ward.change(bed, change)
        if changes and self.noted is not None:
            self.noted(case, changes, view, now)
        self._ward.keep(bed, after)
        self._tell_cells(case, _shown(case, rows, view, now), now)
        self._tell_alarms(bed, before, after, changes, now)

    def cells(self, case: Case, now: Instant) -> tuple[Cell, ...]:
        """Return what a case demands just now; nothing once nobody watches its patient."""
        return self._shown(case, now).cells

    def _shown(self, case: Case, now: Instant) -> Shown:
        if case.state not in ATTENDED:
            return Shown()
        rows = self._demands.of(case, now)
        devices = self._following.seen(case, now)
        view = self._view(case, rows, devices, now)
        return _shown(case, rows, view, now)

    def _view(
        self,
        case: Case,
        rows: Sequence[Obliged],
        devices: tuple[DeviceView, ...],
        now: Instant,
    ) -> BedView:
        view = self._viewing.view(case, rows, devices, now, sounding=self.sounding)
        return replace(view, gases=self.gases(case.bed), owed=self.owed())

    def tell(self, case: Case, now: Instant) -> None:
        """Tell a case as it stands, and what it comes to where that has changed."""
        self._told.pop(case.bed, None)
        self._tell(self.message(case, now))
        judged = self._charting.judged(case, now)
        found = tuple((one.basis, one.result, one.reasons) for one in judged)
        if found != self._judged.get(case.number, ()):
            kept = {n: one for n, one in self._judged.items() if self._ward.state.case(n)}
            self._judged = {**kept, case.number: found}
            for one in judged:
                self._tell(one)

    def message(self, case: Case, now: Instant) -> cases.Case:
        """Return a case as it is told."""
        return self._message(case, self._shown(case, now), now)

    def _message(self, case: Case, shown: Shown, now: Instant) -> cases.Case:
        told = self._charting.case(case, shown.cells, now)
        return structs.replace(told, notices=shown.notices, breathless_s=shown.breathless_s)

    def _see(self, case: Case, view: BedView, now: Instant) -> None:
        """Record what had its first number; a rate of breaths once they prove themselves."""
        for measure in sorted({*view.case.limits, *PROVES.values(), *BREATHS} - case.seen):
            proven = any(device.breathed.proof_s is not None for device in view.devices)
            if proven if measure in BREATHS else any(view.numbers(measure)):
                self._ward.record(MeasureSeen(case.number, case.bed, measure), now)

    def _tell_alarms(
        self,
        bed: str,
        before: Mapping[Key, Alarm],
        after: Mapping[Key, Alarm],
        changes: list[Change],
        now: Instant,
    ) -> None:
        for change in changes:
            alarm = after.get(change.key) or apply(before.get(change.key), change)
            if alarm is not None:
                self._tell(views.alarm(bed, change.key, alarm, now))
        changed = {change.key for change in changes}
        for key, alarm in after.items():
            same = key not in before or alarm.value == before[key].value
            if alarm.condition.alarming and key not in changed and not same:
                self._tell(views.alarm(bed, key, alarm, now))

    def _tell_cells(self, case: Case, shown: Shown, now: Instant) -> None:
        if (case.number, *shown.lasting) != self._told.get(case.bed):
            self._told[case.bed] = (case.number, *shown.lasting)
            self._tell(self._message(case, shown, now))


def _shown(case: Case, rows: Sequence[Obliged], view: BedView, now: Instant) -> Shown:
    """Return what is told of a case as it stands at `now`."""
    told, waited_s = tuple(notices(view)), breathless_s(view)
    asked_s = None if waited_s is None or not told else round(waited_s, 3)
    device = facts(case, now).device
    return Shown(cells(rows, view, held(case), device=device), told, asked_s)
