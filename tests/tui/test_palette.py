from __future__ import annotations

import patients
import pytest
import scenes
from dashboards import FrozenClock, Told, settings, text
from manual import until

from daemon.protocol.commands import Emergency
from tui.app import Dashboard
from tui.keymap import GENERAL, VIEWS
from tui.palette import begun, found, palette, pressed
from tui.prompt import IDLE, Ask, Listing, Palette, Press
from words.catalogue import Language

RUNNING = patients.bed(patients.RUNNING)


def typed(prompt: Palette, word: str) -> Palette:
    for sign in word:
        after = pressed(RUNNING, prompt, sign)
        assert isinstance(after, Palette)
        prompt = after
    return prompt


@pytest.mark.parametrize("language", Language)
def test_every_key_is_found_and_every_entry_is_told_whole_at_eighty_columns(
    language: Language,
) -> None:
    sight = patients.bed(patients.RUNNING, language=language)
    keys = [key for key, _ in found(sight, Palette())]
    wanted = [key for key, word in (*GENERAL, *VIEWS) if word != "palette"]
    assert set(wanted) <= set(keys)
    rows = palette(sight, Palette(), 80, 99)
    assert len(rows) == len(keys)
    assert not any("…" in span.text for row in rows for span in row)


def test_words_that_are_typed_narrow_what_is_found_and_a_stray_one_finds_nothing() -> None:
    assert [key for key, _ in found(RUNNING, typed(Palette(), "opv"))] == ["R", "F11"]
    assert found(RUNNING, typed(Palette(), "xyzzy")) == []
    assert pressed(RUNNING, typed(Palette(), "xyzzy"), "enter") == typed(Palette(), "xyzzy")


def test_the_choice_stays_within_what_is_found_and_a_letter_begins_at_the_top() -> None:
    assert pressed(RUNNING, Palette(at=0), "up") == Palette(at=0)
    last = len(found(RUNNING, Palette())) - 1
    assert pressed(RUNNING, Palette(at=last), "down") == Palette(at=last)
    assert pressed(RUNNING, Palette(at=last), "m") == Palette("m", at=0)
    assert pressed(RUNNING, Palette("m"), "backspace") == Palette()
    assert pressed(RUNNING, Palette("m"), "escape") == IDLE


def test_what_is_chosen_is_the_key_that_is_pressed() -> None:
    assert pressed(RUNNING, typed(Palette(), "opv"), "enter") == Press("R")


def test_the_palette_is_left_as_it_was_opened() -> None:
    assert begun(IDLE) == Palette()
    assert begun(Palette("opv")) == IDLE


async def test_a_letter_a_function_key_and_an_emergency_are_found_by_their_words() -> None:
    told = Told(scenes.greeting(*scenes.RUNNING))
    app = Dashboard(told, FrozenClock(), settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: "SpO2" in text(app))
        await pilot.press("colon", *"dagens", "enter")
        await until(lambda: isinstance(app.sight().prompt, Listing))
        await pilot.press("escape", "ctrl+p", *"luftvej", "enter")
        await until(lambda: app.sight().prompt == Ask("airway"))
        await pilot.press("escape", "colon", *"nødst", "enter")
        await until(lambda: bool(told.sent))
    assert [type(one) for one in told.sent] == [Emergency]
