"""A screen that only shows: keys say so, a login lets one speak, and it ends by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
import scenes
from dashboards import FrozenClock, Told, settings, text
from textual.pilot import Pilot

from daemon.protocol.commands import Acknowledge, Emergency
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.showing import Login, Shown
from tui.app import Dashboard
from words.catalogue import Language

ONLY = {
    Language.DANISH: ("KUN VISNING", "Denne skærm viser kun. Ctrl+L: log ind med initialer og PIN"),
    Language.NORWEGIAN: (
        "BARE VISNING",
        "Denne skjermen viser bare. Ctrl+L: logg inn med initialer og PIN",
    ),
    Language.ENGLISH: (
        "VIEW ONLY",
        "This screen only shows. Ctrl+L: log in with initials and PIN",
    ),
}


class Screen:
    """A dashboard that only shows, over a daemon that a test holds in its hand."""

    def __init__(self, language: Language = Language.DANISH) -> None:
        self.clock = FrozenClock()
        self.told = Told(scenes.greeting(*scenes.HIGH))
        only = replace(settings(language), by="bedside", shows=True, frames_hz=1.0)
        self.app = Dashboard(self.told, self.clock, only)

    async def log_in(self, pilot: Pilot[None], result: Result = Result.IN_EFFECT) -> None:
        await pilot.press("ctrl+l", *"MK", "enter", *"4711", "enter")
        (login,) = [one for one in self.told.sent if isinstance(one, Login)]
        reason = Refusal.PIN_WRONG if result is Result.REFUSED else None
        self.app.hear(Answer(login.id, result, reason))
        await pilot.pause()


@pytest.mark.parametrize("language", list(Language))
async def test_every_key_that_would_say_something_tells_that_this_only_shows(
    language: Language,
) -> None:
    screen = Screen(language)
    mark, line = ONLY[language]
    async with screen.app.run_test(size=(80, 24)) as pilot:
        for key in ("a", "l", "s", "k", "x", "-", "g", "f4", "f7"):
            await pilot.press(key)
            assert line in text(screen.app), key
            await pilot.press("escape", "escape")
        await pilot.press("!", "!")
        assert line in text(screen.app)
        assert mark in text(screen.app)
    assert screen.told.sent == []


async def test_pages_are_read_and_nothing_is_written_in_them() -> None:
    screen = Screen()
    async with screen.app.run_test(size=(80, 24)) as pilot:
        for page in ("f5", "f9"):
            await pilot.press(page, "down", "+", "enter", "n", "p", "t")
            await pilot.press("escape", "escape")
    assert screen.told.sent == []


async def test_who_logs_in_speaks_by_that_name_until_it_is_pressed_again() -> None:
    screen = Screen()
    async with screen.app.run_test(size=(80, 24)) as pilot:
        await screen.log_in(pilot)
        assert "MK LOGGET IND" in text(screen.app)
        assert "4711" not in text(screen.app)
        await pilot.press("a", "ctrl+l", "a")
        assert "KUN VISNING" in text(screen.app)
    login, said, out = screen.told.sent
    assert isinstance(login, Login)
    assert (login.by, login.pin) == ("MK", "4711")
    assert isinstance(said, Acknowledge)
    assert said.by == "MK"
    assert isinstance(out, Shown)


async def test_the_pin_is_never_drawn_nor_named() -> None:
    screen = Screen()
    async with screen.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+l", *"MK", "enter", *"4711")
        assert "4711" not in text(screen.app)
        assert "••••" in text(screen.app)
        await pilot.press("f4")
        assert screen.told.sent == []
    assert "4711" not in repr(Login("c1", "MK", "4711"))


async def test_a_refused_login_says_why_and_lets_nobody_in() -> None:
    screen = Screen()
    async with screen.app.run_test(size=(80, 24)) as pilot:
        await screen.log_in(pilot, Result.REFUSED)
        assert "KUN VISNING" in text(screen.app)
        assert "pinkoden er forkert" in text(screen.app)
        await pilot.press("!", "!")
    assert not [one for one in screen.told.sent if isinstance(one, Emergency)]


async def test_without_a_key_for_five_minutes_nobody_is_logged_in_any_longer() -> None:
    screen = Screen()
    async with screen.app.run_test(size=(80, 24)) as pilot:
        await screen.log_in(pilot)
        screen.clock.move(299)
        screen.app.frame()
        assert not isinstance(screen.told.sent[-1], Shown)
        await pilot.press("f1")
        screen.clock.move(299)
        screen.app.frame()
        assert not isinstance(screen.told.sent[-1], Shown)
        screen.clock.move(1)
        screen.app.frame()
        assert isinstance(screen.told.sent[-1], Shown)


async def test_a_connection_made_anew_has_nobody_logged_in() -> None:
    screen = Screen()
    async with screen.app.run_test(size=(80, 24)) as pilot:
        await screen.log_in(pilot)
        for message in scenes.greeting(*scenes.HIGH):
            screen.app.hear(message)  # type: ignore[arg-type]  # all of a greeting is outgoing
        screen.app.draw()
        await pilot.pause()
        assert "KUN VISNING" in text(screen.app)
        await pilot.press("a")
    assert len(screen.told.sent) == 1
