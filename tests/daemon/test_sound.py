"""When the daemon plays what; a speaker that keeps what it is given, and a clock moved by hand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from itertools import pairwise

import pytest
from manual import ManualClock, settle

from daemon import loudness
from daemon.library import load
from daemon.loudness import faint
from daemon.protocol.sound import SoundState
from daemon.sound import CHECK_S, RETRY_S, Sound
from daemon.speaker import SpeakerError
from daemon.supervision import Outcome
from monitoring.bursts import Tone
from monitoring.tones import samples
from vitals.instant import Instant

RULES = load().tones
BURSTS = {samples(RULES, row, 100): tone for tone, row in RULES.bursts.items()}
HIGH_S = 3.337
"""How long a high burst lasts, by the rows."""


class Kept:
    """A speaker that plays as long as it is told to, or refuses."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.lasting_s = 0.0
        self.refusal = ""
        self.begun: list[tuple[float, Tone]] = []
        self.tries = 0

    async def play(self, samples: bytes) -> None:
        self.tries += 1
        if self.refusal:
            raise SpeakerError(self.refusal)
        if samples:
            self.begun.append((round(self.clock.seconds, 1), BURSTS[samples]))
            if self.lasting_s:
                await self.clock.sleep(self.lasting_s)


class Room:
    """A sound at work, and what is to be heard."""

    def __init__(self, settings: loudness.Sound | None = None) -> None:
        self.clock = ManualClock()
        self.speaker = Kept(self.clock)
        self.heard: Collection[Tone] = ()
        self.told: list[SoundState] = []
        self.sound = Sound(settings or loudness.Sound(), RULES, self.speaker)

    def hear(self, _now: Instant) -> Collection[Tone]:
        return self.heard

    def state(self) -> SoundState:
        return self.sound.state

    def last_told(self) -> SoundState:
        return self.told[-1]

    async def pass_s(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            await self.clock.move(0.1)

    @property
    def begun(self) -> list[Tone]:
        return [tone for _, tone in self.speaker.begun]


@asynccontextmanager
async def room(*heard: Tone) -> AsyncIterator[Room]:
    made = Room()
    made.heard = heard
    task = asyncio.create_task(made.sound.live(made.hear, made.told.append, made.clock))
    await settle()
    try:
        yield made
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_high_alarm_sounds_at_once_and_again_five_seconds_after_its_end() -> None:
    async with room(Tone.HIGH) as one:
        await one.pass_s(30)
    times = [at for at, _ in one.speaker.begun]
    gaps = [later - earlier - HIGH_S for earlier, later in pairwise(times)]
    assert times[0] == 0.0
    assert all(5.0 <= gap <= 5.25 for gap in gaps)


async def test_nothing_is_played_while_nothing_is_to_be_heard() -> None:
    async with room() as one:
        await one.pass_s(60)
    assert one.begun == []


async def test_an_alarm_that_ends_is_not_played_again() -> None:
    async with room(Tone.HIGH) as one:
        await one.pass_s(1)
        one.heard = ()
        await one.pass_s(60)
    assert one.begun == [Tone.HIGH]


async def test_a_burst_that_has_begun_is_completed_before_the_more_urgent_one() -> None:
    async with room(Tone.LOW) as one:
        one.speaker.lasting_s = 0.7
        await one.pass_s(31)
        assert one.begun == [Tone.LOW, Tone.LOW]
        one.heard = (Tone.LOW, Tone.HIGH)
        await one.pass_s(1)
    second, third = one.speaker.begun[1:]
    assert third[1] is Tone.HIGH
    assert third[0] - second[0] >= 0.64


async def test_the_most_urgent_of_all_is_what_sounds() -> None:
    async with room(Tone.LOW, Tone.MEDIUM) as one:
        await one.pass_s(40)
    assert set(one.begun) == {Tone.MEDIUM}


async def test_a_call_and_a_high_alarm_take_turns() -> None:
    async with room(Tone.CALL, Tone.HIGH) as one:
        await one.pass_s(30)
    assert one.begun[:4] == [Tone.HIGH, Tone.CALL, Tone.HIGH, Tone.CALL]


async def test_a_device_that_nothing_sounds_through_is_tried_all_the_same() -> None:
    async with room() as one:
        await one.pass_s(3 * CHECK_S + 1)
    assert one.speaker.tries == 4
    assert one.state() is SoundState.ON


async def test_a_device_that_refuses_is_told_with_its_reason_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        async with room(Tone.HIGH) as one:
            await one.pass_s(1)
            one.speaker.refusal = "default: no such device: plug it in"
            await one.pass_s(20)
            assert one.state() is SoundState.UNUSABLE
            assert one.sound.reason == "default: no such device: plug it in"
            assert one.last_told() is SoundState.UNUSABLE
            tries, one.speaker.refusal = one.speaker.tries, ""
            await one.pass_s(RETRY_S + 0.1)
            assert one.speaker.tries == tries + 1
    assert one.last_told() is SoundState.ON
    assert one.begun == [Tone.HIGH, Tone.HIGH]
    assert caplog.messages == [
        "no alarm can be heard: default: no such device: plug it in",
        "alarms can be heard again",
    ]


async def test_a_device_that_comes_back_is_found_before_anything_is_to_sound() -> None:
    async with room() as one:
        one.speaker.refusal = "default: no such device: plug it in"
        await one.pass_s(CHECK_S + RETRY_S)
        assert one.state() is SoundState.UNUSABLE
        one.speaker.refusal = ""
        await one.pass_s(RETRY_S + 0.1)
        assert one.state() is SoundState.ON


async def test_it_stays_unusable_while_it_is_being_tried_again() -> None:
    async with room(Tone.HIGH) as one:
        one.speaker.refusal = "default: no such device: plug it in"
        await one.pass_s(9)
        one.speaker.refusal, one.speaker.lasting_s = "", HIGH_S
        await one.pass_s(2.5)
        assert one.begun == [Tone.HIGH, Tone.HIGH]
        assert one.state() is SoundState.UNUSABLE
        await one.pass_s(HIGH_S + 1)
        assert one.state() is SoundState.ON


def test_where_the_configuration_says_so_nothing_sounds() -> None:
    assert Room(loudness.Sound(off=True)).state() is SoundState.OFF


def test_a_sound_that_failed_says_so() -> None:
    one = Room()
    one.sound.failed(Outcome("driver defect: ZeroDivisionError", defect=True))
    assert one.state() is SoundState.UNUSABLE


@pytest.mark.parametrize(
    ("volume", "said"),
    [(None, []), (40, []), (39, ["[sound]: volume: 39 is below the floor of 40: raise it"])],
)
def test_a_volume_below_the_floor_of_the_rows_is_refused(
    volume: int | None, said: list[str]
) -> None:
    assert faint(loudness.Sound(volume=volume), RULES) == said


@pytest.mark.parametrize(("volume", "percent"), [(None, 100), (60, 60), (10, 40)])
def test_no_volume_makes_a_burst_fainter_than_the_floor(volume: int | None, percent: int) -> None:
    assert loudness.loudness(loudness.Sound(volume=volume), RULES) == percent
