"""What is said of a case: held to its table, recorded, and put into effect in the same breath."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from msgspec import structs

from checklists.people import Role, holds
from daemon.assignment import Assignments
from daemon.clock import local_date
from daemon.codes import anaesthetic
from daemon.config import Config
from daemon.gatekeeper import Gatekeeper
from daemon.journal.course import entry, opened
from daemon.journal.events import CaseEntered, CaseOpened, InjectionHeld, StartHeld
from daemon.library import Library
from daemon.protocol.commands import Assign, Command
from daemon.protocol.messages import Refusal
from daemon.pulse import Pulse
from daemon.refused import RefusedError
from daemon.ward import Ward
from daemon.who import check_initials, check_signer
from monitoring.case import LATE_S, Case, WrongMomentError, judged, with_entry
from monitoring.course import facts
from monitoring.steps import ALWAYS, ATTENDED, NEXT
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import Word

BEFORE_S = 7200.0
"""Nothing is entered that happened longer than this before the case was opened."""

WHOLE = 100
"""Per cent."""


class Entering:
    """Takes entries; what the table, the clock or the beds speak against is refused."""

    def __init__(
        self,
        config: Config,
        library: Library,
        ward: Ward,
        pulse: Pulse,
        assignments: Assignments,
        gatekeeper: Gatekeeper,
    ) -> None:
        self._beds = frozenset(bed.name for bed in config.beds)
        self._people = config.people
        self._library = library
        self._ward = ward
        self._pulse = pulse
        self._assignments = assignments
        self._gatekeeper = gatekeeper

    def enter(
        self,
        case: Case,
        deed: Said,
        command: Command,
        now: Instant,
        *,
        ago_s: float = 0.0,
        reason: str = "",
    ) -> asyncio.Future[None]:
        """Take one entry; raises RefusedError, and then nothing has changed."""
        at = Instant(now.monotonic - ago_s, now.wall - ago_s)
        deed = self._by_whom(deed, command.by)
        if not isinstance(deed, ALWAYS):
            self._check_time(case, at, ago_s, reason)
        self._check(case, deed, now)
        if isinstance(deed, deeds.HandOver | deeds.Conclude) and facts(case, at).device:
            detail = "the airway device is still in place: say when it was removed"
            raise RefusedError(Refusal.WRONG_MOMENT, detail)
        if isinstance(deed, deeds.Conclude):
            check_signer(self._people, command.by, case)
        event = self._known(case, _event(case, deed, command, ago_s, reason), command)
        try:
            flags = judged(case, entry(event, now)).flags
            self._check_place(case, event, now)
        except WrongMomentError as error:
            raise RefusedError(Refusal.WRONG_MOMENT, str(error)) from error
        self._hold(case, event, now)
        return self._record(case, structs.replace(event, flags=flags), command, now)

    def _by_whom(self, deed: Said, by: str) -> Said:
        """Return an injection with whether a specialist gives it, where the people are listed."""
        listed = self._people and isinstance(deed, deeds.Give)
        if not listed or holds(self._people, by, Role.ANAESTHESIOLOGIST):
            return deed
        return structs.replace(deed, by_specialist=False)

    def begin(self, case: Case, command: Command, now: Instant) -> asyncio.Future[None]:
        """Begin an emergency: from wherever the case stands, with nothing asked."""
        steps = NEXT[case.kind][case.state]
        deed: Said = deeds.Call()
        if deeds.Begin in steps:
            deed = deeds.Begin(anyway=True, emergency=bool(case.planned))
        elif deeds.Resume in steps:
            deed = deeds.Resume(code=case.code)
        return self._record(case, _event(case, deed, command, 0.0, ""), command, now)

    def abandon(self, block: Case, command: Command, now: Instant) -> None:
        """End a block whose patient has to be anaesthetised at once."""
        if deeds.Abandon in NEXT[block.kind][block.state]:
            deed = deeds.Abandon(reason="nødstart")
            self._record(block, _event(block, deed, command, 0.0, ""), command, now)

    def foreseen(
        self, event: CaseOpened, said: Sequence[Said], command: Command, now: Instant
    ) -> Case:
        """Return the case as it would be, with nothing recorded."""
        case = opened(self._ward.state, event, now).cases[event.case]
        for deed in said:
            case = with_entry(case, entry(_event(case, deed, command, 0.0, ""), now))
        return case

    def refuse_held(self, case: Case, deed: deeds.Begin, now: Instant, by: str) -> tuple[str, ...]:
        """Return what a start is to be in spite of; refused where nobody said so."""
        holds = self._gatekeeper.holds(case, deed, now, by)
        if holds and not deed.anyway:
            listed = ", ".join(holds)
            raise RefusedError(Refusal.HELD, f"held by {listed}: see to it, or start anyway")
        return holds

    def _known(self, case: Case, event: CaseEntered, command: Command) -> CaseEntered:
        """Return an event with the key of the patient, where it is of an injection."""
        if not isinstance(event.deed, deeds.Give):
            return event
        key = self._gatekeeper.injecting.key(case, event.deed, command)
        return structs.replace(event, patient=key)

    def _hold(self, case: Case, event: CaseEntered, now: Instant) -> None:
        """Record in spite of what somebody starts or injects; refused where nobody said so."""
        match event.deed:
            case deeds.Begin() as begin:
                if holds := self.refuse_held(case, begin, now, event.by):
                    self._ward.record(StartHeld(case.number, case.bed, holds, event.by), now)
            case deeds.Give() as give:
                after = with_entry(case, entry(event, now))
                if holds := self._gatekeeper.injecting.holds(after, give, now):
                    at = case.number, case.bed, event.number
                    self._ward.record(InjectionHeld(*at, holds, event.by), now)
            case _:
                pass

    def _record(
        self, case: Case, event: CaseEntered, command: Command, now: Instant
    ) -> asyncio.Future[None]:
        state = with_entry(case, entry(event, now)).state
        if state not in ATTENDED:
            self._ward.silence(case.bed, now)
        done = self._ward.record(event, now)
        after = self._ward.state.cases[case.number]
        self._bring(event.deed, command, now)
        for bed in sorted({case.bed, after.bed}):
            self._pulse.evaluate(bed, now)
        self._pulse.tell(after, now)
        if after.state.over and not case.state.over:
            self._ward.checkpoint(now)
        return done

    def _bring(self, deed: Said, command: Command, now: Instant) -> None:
        """Let the devices that are named go with the patient."""
        if isinstance(deed, deeds.Move):
            for device in deed.devices:
                order = Assign(id=command.id, by=command.by, bed=deed.bed, device=device)
                self._assignments.assign(order, now)

    def _check_time(self, case: Case, at: Instant, ago_s: float, reason: str) -> None:
        if ago_s > LATE_S and not reason:
            detail = f"{ago_s / 60:.0f} min late: give a reason, or enter it as of now"
            raise RefusedError(Refusal.REASON_MISSING, detail)
        if at.seconds_since(case.opened) < -BEFORE_S:
            detail = f"{at.rfc3339()} is long before {case.number} was opened: mend the time"
            raise RefusedError(Refusal.BAD_TIME, detail)

    def _check(self, case: Case, deed: Said, now: Instant) -> None:
        """Refuse what names a bed, a code, a person or a number that cannot be."""
        match deed:
            case deeds.Move(bed=bed):
                self._check_bed(case, bed)
            case deeds.Rebook(code=code) | deeds.Resume(code=code) if code:
                anaesthetic(self._library, code, local_date(now))
            case deeds.Relieve(to=to) | deeds.HandOver(to=to) | deeds.Give(delegated_to=to) if to:
                check_initials(self._people, to, now)
            case deeds.Conclude(words=words) if set(words) != set(Word):
                missing = ", ".join(word for word in Word if word not in words)
                raise RefusedError(Refusal.WORDS_MISSING, f"not said of the patient: {missing}")
            case deeds.Recover(device_in_place=True, reason=""):
                detail = "moved with the airway device in place: give the reason"
                raise RefusedError(Refusal.REASON_MISSING, detail)
            case deeds.Measured(measure=Measure.SPO2, value=value) if value > WHOLE:
                raise RefusedError(Refusal.BAD_NUMBER, f"SpO2 {value} %: at most {WHOLE}")
            case deeds.Pair(systolic=high, diastolic=low) if low >= high:
                detail = f"blood pressure {high}/{low}: the first is the higher: mend it"
                raise RefusedError(Refusal.BAD_NUMBER, detail)
            case _:
                pass

    def _check_place(self, case: Case, event: CaseEntered, now: Instant) -> None:
        """Refuse a correction that would bring a case back to a bed that another has taken."""
        if isinstance(event.deed, deeds.Correct):
            after = with_entry(case, entry(event, now))
            if not after.state.over:
                self._check_bed(case, after.bed)

    def _check_bed(self, case: Case, bed: str) -> None:
        if bed not in self._beds:
            listed = ", ".join(sorted(self._beds))
            raise RefusedError(Refusal.UNKNOWN_BED, f"no bed {bed!r}; beds: {listed}")
        there = self._ward.state.open(bed)
        if there is not None and there.number != case.number:
            detail = f"{there.number} at {bed} is {there.state}: move or discharge it first"
            raise RefusedError(Refusal.CASE_RUNNING, detail)


def _event(case: Case, deed: Said, command: Command, ago_s: float, reason: str) -> CaseEntered:
    told = case.number, case.bed, len(case.entries) + 1, deed, ago_s, command.by
    rings = isinstance(deed, deeds.Call) and ago_s == 0.0  # else it is only put on record
    return CaseEntered(*told, reason=reason, rings=rings)
