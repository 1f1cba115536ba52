"""What people say of the practice: checked, recorded, and confirmed when it is on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import NamedTuple

from daemon.clock import local_time
from daemon.desk import Desk
from daemon.entitled import Entitled
from daemon.flagged import seen
from daemon.journal.practice import PracticeSaid
from daemon.objecting import asked_back, objections
from daemon.pins import asked as signature
from daemon.protocol.commands import Enter, Look, Order
from daemon.protocol.daylist import ListOrder
from daemon.protocol.export import Export
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.month import Monthly
from daemon.protocol.recall import Recall
from daemon.protocol.saying import Do, PracticeOrder, Scan, SetPin
from daemon.protocol.trend import Trended
from daemon.refused import RefusedError
from daemon.scanning import read
from daemon.signing import Signing
from daemon.when import when
from daemon.who import Mandate, check_initials
from daemon.wording import NAMED, spoken
from vitals.acts import Sign
from vitals.against import Line
from vitals.clock import Clock
from vitals.instant import Instant

CONFIRM_S = 1.0
"""A commit that takes longer is answered as in effect, not yet recorded (real time)."""

Other = Order | ListOrder | Look | Recall | Trended | Monthly | Export


class Said(NamedTuple):
    """What became of it."""

    event: PracticeSaid
    done: asyncio.Future[None]


class Saying:
    """Answers what is said and asked of the practice; every other request goes on to `other`."""

    def __init__(
        self,
        desk: Desk,
        mandate: Mandate,
        signing: Signing,
        clock: Clock,
        other: Callable[[Other], Awaitable[Message]],
    ) -> None:
        self._ward = desk.ward
        self._jump_s = desk.entering.jump_s
        self._practising = desk.practising
        self._reckoning = desk.practising.reckoning
        self._mandate = mandate
        self._signing = signing
        lists, signers = self._reckoning.book.lists, desk.practising.signers
        self.entitled = Entitled(mandate.people, lists, signers)
        self._clock = clock
        self._other = other

    async def answer(self, request: Other | PracticeOrder) -> Message:
        """Return the answer to any request."""
        try:
            match request:
                case Scan():
                    return await self._scan(request)
                case SetPin():
                    return await self._give(request)
                case Do():
                    return await self._do(request)
                case _:
                    return await self._onward(request)
        except RefusedError as error:
            told = request.id, Result.REFUSED, error.reason, error.detail
            return Answer(*told, because=error.because, against=error.against)

    async def _onward(self, request: Other) -> Message:
        """Ask others; a PIN is asked for where a deed is a signature, and of no other deed."""
        if isinstance(request, Enter) and signature(request.deed):
            await self._signing.check(request.by, request.pin)
        return await self._other(request)

    async def _scan(self, asked: Scan) -> Message:
        today = local_time(self._clock.now()).date()
        return await read(asked, self._reckoning.packs(self._ward.state), today)

    async def _give(self, asked: SetPin) -> Answer:
        now = self._clock.now()
        check_initials(self._mandate.people, asked.by, now)
        await self._signing.give(asked.by, asked.pin, asked.old)
        self._practising.look(self._clock.now())
        return Answer(asked.id, Result.RECORDED)

    async def _do(self, asked: Do) -> Answer:
        event = self._checked(asked)
        if isinstance(asked.act, Sign):
            await self._signing.check(asked.by, asked.pin)
            event = self._checked(asked)  # others may have spoken while the PIN was looked at
        now = self._clock.now()
        found = seen(self._reckoning, self._ward.state, event.act, event.at)
        done = self._ward.record(event, now)
        self._practising.look(now)
        await asyncio.wait([done], timeout=CONFIRM_S)
        recorded = done.done() and not done.cancelled()
        return Answer(
            asked.id,
            Result.RECORDED if recorded else Result.IN_EFFECT,
            detail="; ".join([*([NAMED] if event.flags else []), *(line for _, line in found)]),
            rows=(event.number,),
            flags=(*event.flags, *(flag for flag, _ in found)),
            against=found[0][1].against if found else None,
        )

    def _checked(self, asked: Do) -> PracticeSaid:
        """Return what is said as it will be kept, or raise RefusedError: then nothing is."""
        now, state = self._clock.now(), self._ward.state
        check_initials(self._mandate.people, asked.by, now)
        at = when(asked, state.practice, now, self._jump_s)
        flags = spoken(asked.act, asked.reason)
        _check_late(asked, at.date(), local_time(now).date())
        self.entitled.check(asked.act, asked.by, now)
        self._check_discharge(asked, now)
        lines = list(objections(self._reckoning, state, asked.act, asked.by, at))
        if lines:
            raise RefusedError(Refusal.BAD_ACT, "; ".join(lines), against=lines[0].against)
        if line := asked_back(self._reckoning, state, asked.act, at):
            raise RefusedError(Refusal.UNCONFIRMED, line, against=line.against)
        number = state.said + 1
        return PracticeSaid(
            number, asked.act, asked.by, at, at.date(), reason=asked.reason, flags=flags
        )

    def _check_discharge(self, asked: Do, now: Instant) -> None:
        """Refuse a signature that sends a patient home to whoever may not say that."""
        if isinstance(asked.act, Sign) and (home := self.entitled.deed(asked.act)):
            case = self._ward.state.case(asked.act.target)
            self._mandate.check(case, home, asked.by, now)


def _check_late(asked: Do, day: date, today: date) -> None:
    if day < today and not asked.reason.strip():
        late = f"it is of {day}, an earlier day: say why it is entered late"
        line = Line.of(late, "late", day=day)
        raise RefusedError(Refusal.REASON_MISSING, line, against=line.against)
