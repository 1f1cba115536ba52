"""What is said of a case: held to its table, recorded, and put into effect in the same breath."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from msgspec import structs

from daemon.assignment import Assignments
from daemon.checking import Checking
from daemon.config import Config
from daemon.gatekeeper import Gatekeeper
from daemon.journal.course import entry, opened
from daemon.journal.events import CaseEntered, CaseOpened, InjectionHeld, StartHeld
from daemon.library import Library
from daemon.moment import moment
from daemon.protocol.because import Because, Why
from daemon.protocol.commands import Assign, Command
from daemon.protocol.messages import Refusal
from daemon.pulse import Pulse
from daemon.refused import HeldError, RefusedError
from daemon.taken import Taken
from daemon.ward import Ward
from daemon.when import following
from daemon.who import Mandate
from daemon.wording import CLEARED, NAMED, cleared
from monitoring.case import Case, Entry, WrongMomentError, judged, problem, with_entry
from monitoring.course import facts
from monitoring.spite import EMERGENCY, unexplained
from monitoring.steps import ALWAYS, ATTENDED, NEXT
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, Flag


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
        self._course = library.course
        self.jump_s = library.alarms.allowances.clock.jump_s
        """Within so many s, what two clocks say is one moment."""
        self._mandate = Mandate(config.people, library.roles, config.site.discharge_signers)
        self._checking = Checking(library, self._mandate)
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
    ) -> Taken:
        """Take one entry; raises RefusedError, and then nothing has changed."""
        ago_s = following(case, ago_s, now, self.jump_s)
        at = Instant(now.monotonic - ago_s, now.wall - ago_s)
        deed, reason, seen = cleared(self._by_whom(deed, command.by, now), reason)
        self._mandate.check(case, deed, command.by, now)
        if not isinstance(deed, ALWAYS):
            self._check_time(case, at, ago_s, reason)
        deed = self._checking.coded(case, deed, now)
        self._checking.check(case, deed, at, now)
        if isinstance(deed, deeds.Move):
            self._check_bed(case, deed.bed)
        _check_device(case, deed, at)
        if isinstance(deed, deeds.Conclude | deeds.Leave):
            _check_explained(case, deed)
        event = self._known(case, _event(case, deed, command, ago_s, reason), command)
        made = entry(event, now)
        try:
            said = judged(case, made, self._course)
            said = structs.replace(said, flags=(*said.flags, *seen))
            self._check_place(case, event, now)
        except WrongMomentError as error:
            because = moment(case, made)
            raise RefusedError(Refusal.WRONG_MOMENT, str(error), because=because) from error
        self._hold(case, event, now)
        done = self._record(case, structs.replace(event, flags=said.flags), command, now)
        return Taken(done, case.number, flags=said.flags, remark=_remark(case, said))

    def check_role(self, deed: Said, command: Command, now: Instant) -> None:
        """Refuse what is not somebody's to say of a case that is not opened yet."""
        self._mandate.check(None, deed, command.by, now)

    def _by_whom(self, deed: Said, by: str, now: Instant) -> Said:
        """Return an injection with whether a specialist gives it, where the people are listed."""
        if not isinstance(deed, deeds.Give) or self._mandate.specialist(by, now):
            return deed
        return structs.replace(deed, by_specialist=False)

    def begin(self, case: Case, command: Command, now: Instant) -> Taken:
        """Begin an emergency: from wherever the case stands, with nothing asked.

        Where an anaesthetic runs already, or none can follow, the anaesthetist is called.
        """
        steps = NEXT[case.kind][case.state]
        deed: Said = deeds.Call()
        if deeds.Begin in steps:
            deed = deeds.Begin(anyway=True, emergency=bool(case.planned))
        elif deeds.Resume in steps:
            deed = deeds.Resume(code=case.code)
        done = self._record(case, _event(case, deed, command, 0.0, ""), command, now)
        return Taken(done, case.number, became=deed.name())

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
        found = self._gatekeeper.holds(case, deed, now, by)
        holds = tuple(one.name for one in found)
        if holds and not deed.anyway:
            detail = f"held by {', '.join(holds)}: see to it, or start anyway"
            raise HeldError(detail, holds, tuple(one.source for one in found))
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
        if state not in ATTENDED and not case.state.over:
            self._ward.silence(case.bed, now)
        done = self._ward.record(event, now)
        after = self._ward.state.known(case.number)
        if not case.state.over:
            self._bring(event.deed, command, now)
        for bed in sorted({case.bed, after.bed}):
            self._pulse.evaluate(bed, now)
        self._pulse.tell(after, now)
        if after.state.over and not case.state.over:
            self._ward.close(now)
        return done

    def _bring(self, deed: Said, command: Command, now: Instant) -> None:
        """Let the devices that are named go with the patient."""
        if isinstance(deed, deeds.Move):
            for device in deed.devices:
                order = Assign(id=command.id, by=command.by, bed=deed.bed, device=device)
                self._assignments.assign(order, now)

    def _check_time(self, case: Case, at: Instant, ago_s: float, reason: str) -> None:
        if ago_s > self._course.late.after_s and not reason:
            detail = f"{ago_s / 60:.0f} min late: give a reason, or enter it as of now"
            because = Because(Why.LATE, value=round(ago_s / 60))
            raise RefusedError(Refusal.REASON_MISSING, detail, because=because)
        if case.opened.seconds_since(at) > self._course.before.most_s:
            detail = f"{at.rfc3339()} is long before {case.number} was opened: mend the time"
            because = Because(Why.TIME, case.number)
            raise RefusedError(Refusal.BAD_TIME, detail, because=because)

    def _check_place(self, case: Case, event: CaseEntered, now: Instant) -> None:
        """Refuse a correction that would bring a case back to a bed that another has taken."""
        if isinstance(event.deed, deeds.Correct):
            after = with_entry(case, entry(event, now))
            there = self._ward.state.open(after.bed)
            if not after.state.over and there is not None and there.number != case.number:
                because = Because(Why.RUNNING, there.number)
                detail = self._taken(case, there)
                raise RefusedError(Refusal.CASE_RUNNING, detail, because=because)

    def _taken(self, case: Case, there: Case) -> str:
        """Return how a case comes back whose bed another has: by where its patient lies now."""
        taken = {one.bed for one in self._ward.state.cases.values() if not one.state.over}
        free = ", ".join(sorted(self._beds - taken))
        return (
            f"{there.number} is at {there.bed} ({there.state}): move that one, or say first where "
            f"this patient went (move, timed before {case.number} was over) and then correct; "
            f"free: {free or 'no bed'}"
        )

    def _check_bed(self, case: Case, bed: str) -> None:
        if bed not in self._beds:
            listed = ", ".join(sorted(self._beds))
            raise RefusedError(Refusal.UNKNOWN_BED, f"no bed {bed!r}; beds: {listed}")
        there = self._ward.state.open(bed)
        if there is not None and there.number != case.number:
            detail = f"{there.number} at {bed} is {there.state}: move or discharge it first"
            because = Because(Why.RUNNING, there.number)
            raise RefusedError(Refusal.CASE_RUNNING, detail, because=because)


def _check_device(case: Case, deed: Said, at: Instant) -> None:
    """Refuse to leave the patient to others while the airway device is in place."""
    if isinstance(deed, deeds.HandOver | deeds.Conclude) and facts(case, at).device:
        detail = "the airway device is still in place: say when it was removed"
        because = Because(Why.DEVICE, deed=deed.name())
        raise RefusedError(Refusal.WRONG_MOMENT, detail, because=because)


def _check_explained(case: Case, deed: deeds.Conclude | deeds.Leave) -> None:
    """Refuse the end of a case while nobody has said why it went on in spite of a hold."""
    if held := unexplained(case):
        spite = "as an emergency" if held == (EMERGENCY,) else f"in spite of {', '.join(held)}"
        done = "given" if case.kind is CaseKind.BLOCK else "started"
        detail = f"{done} {spite}: say why first (explain), then {deed.name()}"
        raise RefusedError(Refusal.REASON_MISSING, detail, because=Because(Why.EXPLAIN))


def _remark(case: Case, said: Entry) -> str:
    """Return why an entry was flagged; `case` is as it was before."""
    late = f"{said.entered.seconds_since(said.at) / 60:.0f} min late"
    order = problem(case, said) or f"{said.at.rfc3339()} is long before {case.number} was opened"
    told = {Flag.OUT_OF_ORDER: order, Flag.LATE: late, Flag.NAMED: NAMED, Flag.CLEARED: CLEARED}
    return "; ".join(told[flag] for flag in said.flags)


def _event(case: Case, deed: Said, command: Command, ago_s: float, reason: str) -> CaseEntered:
    told = case.number, case.bed, len(case.entries) + 1, deed, ago_s, command.by
    rings = isinstance(deed, deeds.Call) and ago_s == 0.0  # else it is only put on record
    return CaseEntered(*told, reason=reason, rings=rings)
