"""What a person asks for: checked, put into effect at once, confirmed when it is on disk."""

from __future__ import annotations

import asyncio

from daemon.config import Config
from daemon.desk import Desk
from daemon.journal.calls import BedCalled
from daemon.protocol.commands import (
    Acknowledge,
    Aged,
    Assign,
    Command,
    Emergency,
    End,
    Enter,
    Order,
    Plan,
    Signal,
    Start,
)
from daemon.protocol.daylist import ListOrder
from daemon.protocol.limits import LimitOrder
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.recall import ending
from daemon.refused import RefusedError
from daemon.taken import Taken
from daemon.when import dated
from daemon.who import check_initials
from daemon.wording import NAMED, named_on
from monitoring.alarms import Alarms, Key, acknowledge
from monitoring.case import Case
from monitoring.steps import ALWAYS
from vitals import deeds
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.vocabulary import CaseKind

CONFIRM_S = 1.0
"""A commit that takes longer is answered as in effect, not yet recorded (real time)."""


class Commands:
    """Carries out what clients ask."""

    def __init__(self, config: Config, desk: Desk, clock: Clock) -> None:
        self._beds = frozenset(bed.name for bed in config.beds)
        self._people = config.people
        self._ward = desk.ward
        self._jump_s = desk.entering.jump_s
        self._pulse = desk.pulse
        self._assignments = desk.assignments
        self._opening = desk.opening
        self._gatekeeper = desk.gatekeeper
        self._entering = desk.entering
        self._lists = desk.lists
        self._signalling = desk.signalling
        self._limiting = desk.limiting
        self._clock = clock

    async def answer(self, command: Order | ListOrder) -> Answer:
        """Carry a command out and say what became of it."""
        try:
            taken = self._taken(command)
        except RefusedError as error:
            refused = command.id, Result.REFUSED, error.reason, error.detail
            return Answer(
                *refused,
                lines=error.lines,
                holds=error.holds,
                sources=error.sources,
                because=error.because,
            )
        await asyncio.wait([taken.done], timeout=CONFIRM_S)
        recorded = taken.done.done() and not taken.done.cancelled()
        return Answer(
            command.id,
            Result.RECORDED if recorded else Result.IN_EFFECT,
            detail=taken.remark,
            case=taken.case,
            rows=taken.rows,
            flags=taken.flags,
            holds=taken.holds,
            sources=taken.sources,
            became=taken.became,
        )

    def _taken(self, command: Order | ListOrder) -> Taken:
        if isinstance(command, ListOrder):
            done = self._lists.carry_out(command, self._clock.now())
            seen = named_on(command)
            return Taken(*done, flags=seen, remark=NAMED if seen else "")
        return self._carried_out(command)

    def _carried_out(self, command: Order) -> Taken:
        if command.bed not in self._beds:
            known = ", ".join(sorted(self._beds))
            raise RefusedError(Refusal.UNKNOWN_BED, f"no bed {command.bed!r}; beds: {known}")
        now = self._clock.now()
        command = dated(command, now, self._jump_s) if isinstance(command, Enter) else command
        if not _unhindered(command):
            check_initials(self._people, command.by, now)
        match command:
            case Acknowledge():
                return self._acknowledge(command, now)
            case Assign():
                return Taken(self._assignments.assign(command, now))
            case _ if isinstance(command, Signal | LimitOrder):
                return self._set(command, now)
            case Plan() | Start() | Emergency():
                return self._open(command, now)
            case _:
                return self._told(command, now)

    def _set(self, command: Signal | LimitOrder, now: Instant) -> Taken:
        """Change what sounds at a bed, or what its case is held to."""
        if isinstance(command, Signal):
            return Taken(self._signalling.carry_out(command, now))
        case = self._case(command.bed, None)
        return Taken(self._limiting.carry_out(command, case, now), case.number)

    def _open(self, command: Plan | Start | Emergency, now: Instant) -> Taken:
        match command:
            case Plan():
                return self._plan(command, now)
            case Start():
                return self._start(command, now)
            case Emergency():
                return self._emergency(command, now)

    def _told(self, command: Enter | End | Aged, now: Instant) -> Taken:
        """Take what is said of a case that is there; a call reaches people without any."""
        if _calls(command) and self._ward.state.at(command.bed) is None:
            rings = isinstance(command, Enter) and command.ago_s == 0.0
            return Taken(self._ward.record(BedCalled(command.bed, command.by, rings), now))
        number = command.case if isinstance(command, Enter) else None
        ever = isinstance(command, Enter) and isinstance(command.deed, ALWAYS) and number is None
        case = self._last(command.bed) if ever else self._case(command.bed, number)
        match command:
            case Aged():
                return Taken(self._aged(command, case, now), case.number)
            case End():
                return self._entering.enter(case, deeds.Finish(), command, now)
            case Enter(deed=deed, ago_s=ago_s, reason=reason):
                return self._entering.enter(case, deed, command, now, ago_s=ago_s, reason=reason)

    def _aged(self, command: Aged, case: Case, now: Instant) -> asyncio.Future[None]:
        done = self._ward.record(self._opening.aged(command, case), now)
        self._pulse.tell(self._ward.state.cases[case.number], now)
        return done

    def _plan(self, command: Plan, now: Instant) -> Taken:
        event = self._opening.planned(command, now)
        done = self._ward.record(event, now)
        case = self._ward.state.cases[event.case]
        self._pulse.tell(case, now)
        held = self._gatekeeper.foreseen(case, now)
        names, sources = tuple(one.name for one in held), tuple(one.source for one in held)
        return Taken(done, event.case, holds=names, sources=sources)

    def _start(self, command: Start, now: Instant) -> Taken:
        """Plan and begin at once; refused whole where the start is held."""
        event = self._opening.planned(command, now)
        said: list[deeds.Said] = [deeds.Checked(command.checks)] if command.checks else []
        said += [] if command.asa is None else [deeds.Assess(command.asa)]
        begin = deeds.Begin(anyway=command.anyway, unattached=command.unattached)
        self._entering.check_role(begin, command, now)
        foreseen = self._entering.foreseen(event, said, command, now)
        self._entering.refuse_held(foreseen, begin, now, command.by)
        self._ward.record(event, now)
        for deed in said:
            self._entering.enter(self._ward.state.cases[event.case], deed, command, now)
        case = self._ward.state.cases[event.case]
        return self._entering.enter(case, begin, command, now)

    def _emergency(self, command: Emergency, now: Instant) -> Taken:
        """Begin at once, whatever stands at the bed: nothing is asked and nothing refuses."""
        case = self._ward.state.open(command.bed)
        if case is not None and case.kind is CaseKind.BLOCK:
            self._entering.abandon(case, command, now)
            case = None
        if case is None:
            event = self._opening.emergency(command, now)
            self._ward.record(event, now)
            case = self._ward.state.cases[event.case]
        return self._entering.begin(case, command, now)

    def _acknowledge(self, command: Acknowledge, now: Instant) -> Taken:
        case = self._case(command.bed, None)
        alarms = self._ward.state.alarms.get(command.bed, {})
        change = acknowledge(alarms, _meant(command, alarms, now), now)
        if change is None:
            detail = f"no alarm {command.alarm!r} to acknowledge at {command.bed}"
            raise RefusedError(Refusal.UNKNOWN_ALARM, detail)
        return Taken(self._ward.alter(command.bed, change, by=command.by), case.number)

    def _case(self, bed: str, number: str | None) -> Case:
        if number is not None:
            return self._numbered(number)
        case = self._ward.state.open(bed)
        if case is None:
            raise RefusedError(Refusal.NO_CASE, f"no case is open at {bed}: start one first")
        return case

    def _numbered(self, text: str) -> Case:
        """Return the case at hand with this number, or the only one whose number ends so."""
        state = self._ward.state
        numbers = ending((*state.closed, *state.cases), text)
        if len(numbers) == 1:
            return state.known(numbers[0])
        if numbers:
            detail = f"{', '.join(numbers)} end in {text!r}: write more of it"
        else:
            detail = f"no case {text!r} is at hand: give its whole number"
        raise RefusedError(Refusal.UNKNOWN_CASE, detail)

    def _last(self, bed: str) -> Case:
        """Return the open case of a bed, or the one that was open last."""
        case = self._ward.state.at(bed)
        if case is None:
            detail = f"no case was ever open at {bed}: begin one first, `vagt case emergency`"
            raise RefusedError(Refusal.NO_CASE, detail)
        return case


def _meant(command: Acknowledge, alarms: Alarms, now: Instant) -> Key:
    """Return the alarm that is named; that of its only device where no device is.

    RefusedError where several devices have it.
    """
    named = Key(command.alarm, command.device)
    if named in alarms or command.device is not None:
        return named
    same = [key for key in alarms if key.condition == command.alarm]
    waiting = [key for key in same if acknowledge(alarms, key, now) is not None]
    if len(waiting) > 1:
        devices = ", ".join(sorted(key.device or "" for key in waiting))
        detail = f"{command.alarm!r} is on for {devices}: name one with --device"
        raise RefusedError(Refusal.UNKNOWN_ALARM, detail)
    return waiting[0] if waiting else named


def _calls(command: Command) -> bool:
    return isinstance(command, Enter) and isinstance(command.deed, deeds.Call) and not command.case


def _unhindered(command: Order) -> bool:
    """Tell what nobody is kept from, whoever it is."""
    if isinstance(command, Enter):
        return isinstance(command.deed, ALWAYS)
    return isinstance(command, Acknowledge | Emergency | End | Signal)
