"""What sounds at every bed, and the calls: followed as time passes, and told when it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from daemon.config import Config
from daemon.journal.alarming import AudioPaused, AudioResumed, CallAnswered, CallEscalated
from daemon.library import Library
from daemon.protocol.alarms import OpenCall, Sounding
from daemon.protocol.commands import AnswerCall, Pause, Signal, Unpause
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from daemon.ward import Ward
from monitoring.arbiter import audible, ringing
from monitoring.bursts import Tone
from monitoring.calls import Call, due
from monitoring.lapse import lapsed
from monitoring.pause import pressed
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.sounding import CallStep
from vitals.vocabulary import Priority

LOOK_S = 0.1


class Signalling:
    """Pauses, calls and acknowledgements that lapse, of every bed of the configuration."""

    def __init__(self, config: Config, library: Library, ward: Ward) -> None:
        self._profiles = {b.name: library.signals.profiles[b.profile] for b in config.beds}
        self.phone: Callable[[str], str] = lambda _: config.site.phone
        """Who says whom to ring, for a bed, when nobody answers."""
        self._rules = library.signals
        self._kinds = {name: row.kind for name, row in library.alarms.conditions.items()}
        self._ward = ward
        self._told: dict[str, tuple[object, ...]] = {}

    async def go(self, clock: Clock) -> None:
        """Look ten times a second, for ever."""
        while True:
            self.look(clock.now())
            await clock.sleep(LOOK_S)

    def tones(self, now: Instant) -> frozenset[Tone]:
        """Return what is to sound at `now` of all beds: a tone for each priority, one for calls."""
        alarms = {Tone(one) for bed in self._profiles for one in self._alarms(bed, now)}
        return frozenset(alarms | ({Tone.CALL} if self.calling(now) else set()))

    def calling(self, now: Instant) -> bool:
        """Tell whether any of what is to sound is a call."""
        state = self._ward.state
        calls = (call for call in state.calls.values() if call.bed in self._profiles)
        return any(ringing(call, state.pauses.get(call.bed), now) for call in calls)

    def soundings(self, now: Instant) -> tuple[Sounding, ...]:
        """Return the sound of every bed; what has changed is told to everybody else first."""
        self._tell(now)
        return tuple(self._sounding(bed, now) for bed in self._profiles)

    def look(self, now: Instant) -> None:
        """Let end what is over and go on what is due, and tell what has changed."""
        for bed in self._profiles:
            pause = self._ward.state.pauses.get(bed)
            if pause is not None and pause.ended is None and pause.left_s(now) <= 0.0:
                self._ward.record(AudioResumed(bed), now)
            alarms = self._ward.state.alarms.get(bed, {})
            for change in tuple(lapsed(alarms, self._rules.lapses, now)):
                self._ward.alter(bed, change)
        for call in tuple(self._ward.state.calls.values()):
            if (step := due(call, self._rules.call, now)) is not call.step:
                self._ward.record(CallEscalated(call.case, call.bed, step), now)
        self._tell(now)

    def carry_out(self, command: Signal, now: Instant) -> asyncio.Future[None]:
        """Do what somebody asked; it holds, and is told, at once."""
        done = self._done(command, now)
        self._tell(now)
        return done

    def _done(self, command: Signal, now: Instant) -> asyncio.Future[None]:
        match command:
            case Pause(bed=bed, by=by):
                before = self._ward.state.pauses.get(bed)
                pause = pressed(before, by, now, self._rules.pause)
                return self._ward.record(AudioPaused(bed, pause.seconds, by, pause.spares_s), now)
            case Unpause(bed=bed, by=by):
                return self._ward.record(AudioResumed(bed, by), now)
            case AnswerCall():
                return self._answer(command, now)

    def _answer(self, command: AnswerCall, now: Instant) -> asyncio.Future[None]:
        calls = tuple(self._calls(command.bed))
        if not calls:
            raise RefusedError(Refusal.NO_CALL, f"nobody calls from {command.bed}")
        told = [
            CallAnswered(call.case, call.bed, command.by, now.seconds_since(call.at))
            for call in calls
        ]
        return [self._ward.record(event, now) for event in told][-1]

    def _calls(self, bed: str) -> Iterator[Call]:
        return (call for call in self._ward.state.calls.values() if call.bed == bed)

    def _heard(self, bed: str, now: Instant) -> Iterator[Priority]:
        pause = self._ward.state.pauses.get(bed)
        yield from self._alarms(bed, now)
        yield from (Priority.HIGH for call in self._calls(bed) if ringing(call, pause, now))

    def _alarms(self, bed: str, now: Instant) -> Iterator[Priority]:
        state = self._ward.state
        alarms, pause = state.alarms.get(bed, {}), state.pauses.get(bed)
        for key in audible(alarms, pause, self._profiles[bed], self._kinds, now):
            yield alarms[key].priority

    def _sounding(self, bed: str, now: Instant) -> Sounding:
        pause = self._ward.state.pauses.get(bed)
        left_s = 0.0 if pause is None else pause.left_s(now)
        return Sounding(
            at=now.rfc3339(),
            bed=bed,
            profile=self._profiles[bed].id,
            audible=max(self._heard(bed, now), key=lambda one: one.rank, default=None),
            pause_s=round(left_s, 3) if left_s else None,
            paused_by=pause.by if pause is not None and left_s else None,
            calls=tuple(self._open(bed, call, now) for call in self._calls(bed)),
        )

    def _open(self, bed: str, call: Call, now: Instant) -> OpenCall:
        return OpenCall(
            case=call.case,
            at=call.at.rfc3339(),
            age_s=round(now.seconds_since(call.at), 3),
            by=call.by,
            step=call.step,
            phone=self.phone(bed) if call.step is CallStep.PHONE else "",
        )

    def _tell(self, now: Instant) -> None:
        for bed in self._profiles:
            told = self._sounding(bed, now)
            pause = self._ward.state.pauses.get(bed)
            calls = tuple(self._calls(bed))
            what = told.audible, pause if told.pause_s else None, calls
            if what != self._told.get(bed, (None, None, ())):
                self._ward.tell(told)
            self._told[bed] = what
