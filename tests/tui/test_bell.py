"""The terminal's bell: a fallback that says why it rings, until somebody has seen it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import ringing
import scenes
from dashboards import FrozenClock, Told, settings, sight_of, text
from msgspec import structs

from daemon.protocol.message import Message
from daemon.protocol.sound import SoundState
from tui.app import Dashboard
from tui.bell import Bell, due, hushed, noted
from tui.bell import ringing as rings
from tui.commands import Asker, Hush, acknowledged
from tui.sight import Sight
from vitals.instant import Instant
from words.catalogue import Language

ASKER = Asker("AS", 1)
LOST_WORDS = {
    Language.DANISH: "Forbindelse tabt",
    Language.NORWEGIAN: "Mistet forbindelse",
    Language.ENGLISH: "Connection lost",
}


def silent(seconds: float, *, bed: str | None = None) -> Sight:
    return sight_of(*scenes.greeting(*scenes.RUNNING), later_s=seconds, bed=bed)


@pytest.mark.parametrize(("seconds", "expected"), [(2.9, False), (3.0, True), (3600.0, True)])
def test_a_daemon_that_is_silent_for_three_seconds_rings(seconds: float, expected: bool) -> None:  # noqa: FBT001  pytest passes it by name
    assert rings(silent(seconds), Bell()) is expected


def test_it_rings_at_once_and_then_every_five_seconds() -> None:
    bell, moments = Bell(), []
    for tenth in range(200):
        sight = silent(tenth / 10)
        if due(sight, bell):
            bell = replace(bell, rung=sight.now)
            moments.append(tenth / 10)
    assert moments == [3.0, 8.0, 13.0, 18.0]


def test_somebody_who_has_seen_it_hears_no_more_of_this_loss_and_all_of_the_next() -> None:
    first = silent(4.0)
    assert acknowledged(first, ASKER) == Hush()
    bell = hushed(first, Bell())
    assert not rings(silent(60.0), bell)
    back = silent(60.0)
    back.mirror.apply(scenes.BEAT, Instant(1060.0, scenes.WALL + 60.0))
    assert not rings(back, bell)
    assert not noted(bell, back.mirror)
    assert rings(replace(back, now=Instant(1063.0, scenes.WALL + 63.0)), bell)


def test_a_terminal_that_never_heard_the_daemon_or_has_no_bed_of_its_own_does_not_ring() -> None:
    assert not rings(sight_of(later_s=60.0), Bell())
    assert not rings(silent(60.0, bed="Stue 9"), Bell())


def unheard(*messages: Message, sound: SoundState = SoundState.UNUSABLE) -> bool:
    return rings(ringing.bed(*messages, sound=sound), Bell())


def test_without_a_loudspeaker_it_rings_for_what_the_daemon_would_sound_as_high() -> None:
    assert unheard(scenes.DESATURATION, ringing.HIGH)
    assert not unheard(scenes.DESATURATION, ringing.PAUSED)
    assert not unheard(scenes.FAST, ringing.QUIET)
    for sound in (SoundState.ON, SoundState.OFF):
        assert not unheard(scenes.DESATURATION, ringing.HIGH, sound=sound)


def test_without_a_loudspeaker_it_rings_for_a_call_that_has_come_to_this_screen() -> None:
    for call, expected in ((ringing.CALL, False), (ringing.EVERYWHERE, True)):
        other = structs.replace(scenes.CASE, bed=ringing.OTHER, case="KN-261121-015", by="LN")
        told = ringing.called(call, bed=ringing.OTHER)
        assert unheard(ringing.QUIET, other, told) is expected


class Ringing(Dashboard):
    """A dashboard that counts what it would ring."""

    rung = 0

    def bell(self) -> None:
        self.rung += 1


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("key", ["a", "f4"])
async def test_it_says_why_it_rings_and_a_key_ends_it(
    size: tuple[int, int], language: Language, key: str
) -> None:
    clock = FrozenClock()
    app = Ringing(Told(scenes.greeting(*scenes.RUNNING)), clock, settings(language))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.frame()
        assert app.rung == 0
        clock.move(3.1)
        app.frame()
        app.frame()
        await pilot.pause()
        assert app.rung == 1
        assert LOST_WORDS[language] in text(app)
        await pilot.press(key)
        clock.move(20.0)
        app.frame()
        await pilot.pause()
        assert app.rung == 1
        assert LOST_WORDS[language] not in text(app)
        assert app.sight().words.text("alarm.acknowledged") in text(app)
        assert app.sight().words.text("link.lost") in text(app)


async def test_f7_and_f8_go_through_a_text_and_nothing_that_is_typed_is_lost() -> None:
    told = ringing.greeting(*scenes.RUNNING, ringing.called(ringing.CALL))
    source = Told(told)
    app = Dashboard(source, FrozenClock(), settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("x", "t", "O", "U")
        await pilot.press("f7", "f8")
        await pilot.press("H")
        await pilot.pause()
        app.draw()
        assert "OUH" in text(app)
    assert [type(one).__name__ for one in source.sent] == ["Pause", "AnswerCall"]
    assert {one.by for one in source.sent} == {"AS"}
