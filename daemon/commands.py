"""What a person asks for: checked, put into effect at once, confirmed when it is on disk."""

from __future__ import annotations

import asyncio

from checklists.people import known
from daemon import views
from daemon.assignment import Assignments
from daemon.clock import local_date, local_day
from daemon.codes import anaesthetic
from daemon.config import Config
from daemon.journal.events import CaseEnded, CaseStarted
from daemon.library import Library
from daemon.protocol.commands import Acknowledge, Assign, End, Order, Start
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.pulse import Pulse
from daemon.refused import RefusedError
from daemon.ward import Ward
from monitoring.age import Age, AgeError, age
from monitoring.alarms import Change, Key, acknowledge, apply
from monitoring.case import Case
from monitoring.limits import in_force
from monitoring.signals import Cue
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.vocabulary import SignalState

CONFIRM_S = 1.0
"""A commit that takes longer is answered as in effect, not yet recorded (real time)."""

Recorded = tuple[asyncio.Future[None], str | None]


class Commands:
    """Carries out what clients ask."""

    def __init__(
        self,
        config: Config,
        library: Library,
        ward: Ward,
        pulse: Pulse,
        assignments: Assignments,
        clock: Clock,
    ) -> None:
        self._site_code = config.site.code
        self._beds = frozenset(bed.name for bed in config.beds)
        self._people = config.people
        self._library = library
        self._ward = ward
        self._pulse = pulse
        self._assignments = assignments
        self._clock = clock

    async def answer(self, command: Order) -> Answer:
        """Carry a command out and say what became of it."""
        try:
            done, case = self._carried_out(command)
        except RefusedError as error:
            return Answer(command.id, Result.REFUSED, error.reason, error.detail)
        await asyncio.wait([done], timeout=CONFIRM_S)
        recorded = done.done() and not done.cancelled()
        return Answer(command.id, Result.RECORDED if recorded else Result.IN_EFFECT, case=case)

    def _carried_out(self, command: Order) -> Recorded:
        if command.bed not in self._beds:
            known = ", ".join(sorted(self._beds))
            raise RefusedError(Refusal.UNKNOWN_BED, f"no bed {command.bed!r}; beds: {known}")
        now = self._clock.now()
        self._check_who(command, now)
        match command:
            case Start():
                return self._start(command, now)
            case End():
                return self._end(command, now)
            case Acknowledge():
                return self._acknowledge(command, now)
            case Assign():
                return self._assignments.assign(command, now), None

    def _check_who(self, command: Order, now: Instant) -> None:
        """Refuse initials that no person of the practice has; nobody is kept from an alarm."""
        if not self._people or isinstance(command, Acknowledge):
            return
        initials = known(self._people, local_date(now))
        if command.by not in initials:
            listed = ", ".join(initials) or "none today"
            detail = f"no initials {command.by!r}; initials: {listed}"
            raise RefusedError(Refusal.UNKNOWN_INITIALS, detail)

    def _start(self, command: Start, now: Instant) -> Recorded:
        if (running := self._ward.state.running(command.bed)) is not None:
            detail = f"{running.number} runs at {command.bed}: end it first"
            raise RefusedError(Refusal.CASE_RUNNING, detail)
        service = anaesthetic(self._library, command.code, local_date(now))
        try:
            patient = age(command.age)
        except AgeError as error:
            raise RefusedError(Refusal.BAD_AGE, str(error)) from error
        event = self._started(command, service.code, patient, now)
        done = self._ward.record(event, now)
        self._pulse.evaluate(command.bed, now)
        return done, event.case

    def _started(self, command: Start, code: str, patient: Age, now: Instant) -> CaseStarted:
        day = local_day(now)
        serial = self._ward.state.serials.get(day, 0) + 1
        band = self._library.limits.band(patient)
        return CaseStarted(
            case=f"{self._site_code}-{day}-{serial:03d}",
            day=day,
            serial=serial,
            bed=command.bed,
            code=code,
            rules=self._library.hash,
            band=band.id,
            two_years=patient.two_years,
            limits=in_force(band),
            limits_approved_by=self._library.limits.approved_by,
            by=command.by,
        )

    def _end(self, command: End, now: Instant) -> Recorded:
        case = self._running(command.bed)
        for key, alarm in self._ward.state.alarms.get(command.bed, {}).items():
            if alarm.condition.alarming or alarm.signal is SignalState.LATCHED:
                change = Change(
                    Cue.ENDED, key, now, alarm.priority, alarm.measure, alarm.value, alarm.limit
                )
                self._change(command.bed, change, by=None)
        done = self._ward.record(CaseEnded(case.number, command.bed, command.by), now)
        ended = self._ward.state.cases[command.bed]
        self._ward.tell(views.case(ended, self._pulse.cells(ended, now), now))
        self._ward.checkpoint(now)
        return done, case.number

    def _acknowledge(self, command: Acknowledge, now: Instant) -> Recorded:
        case = self._running(command.bed)
        alarms = self._ward.state.alarms.get(command.bed, {})
        change = acknowledge(alarms, Key(command.alarm, command.device), now)
        if change is None:
            detail = f"no alarm {command.alarm!r} to acknowledge at {command.bed}"
            raise RefusedError(Refusal.UNKNOWN_ALARM, detail)
        return self._change(command.bed, change, by=command.by), case.number

    def _change(self, bed: str, change: Change, *, by: str | None) -> asyncio.Future[None]:
        before = self._ward.state.alarms.get(bed, {}).get(change.key)
        done = self._ward.change(bed, change, by=by)
        if (alarm := apply(before, change)) is not None:
            self._ward.tell(views.alarm(bed, change.key, alarm, change.at))
        return done

    def _running(self, bed: str) -> Case:
        case = self._ward.state.running(bed)
        if case is None:
            raise RefusedError(Refusal.NO_CASE, f"no anaesthetic runs at {bed}: start one first")
        return case
