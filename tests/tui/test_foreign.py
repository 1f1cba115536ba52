"""A daemon of another version tells nothing that can be shown: the screen says so as of a loss."""

from __future__ import annotations

import pytest
import scenes
from dashboards import FrozenClock, Told, lines, settings, text
from msgspec import structs

from daemon.protocol.messages import PROTOCOL
from tui.app import Dashboard
from words.catalogue import Language

SIZES = [(60, 20), (80, 24), (120, 40)]
SAID = {
    Language.DANISH: ("HVER SIN VERSION", "Aflæs apparatet selv", "anden version"),
    Language.NORWEGIAN: ("ULIKE VERSJONER", "Les av apparatet selv", "annen versjon"),
    Language.ENGLISH: ("DIFFERENT VERSIONS", "Read the monitor itself", "other version"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", Language)
async def test_the_bar_says_that_the_monitors_are_read_and_the_first_row_has_a_state(
    language: Language, size: tuple[int, int]
) -> None:
    hello = structs.replace(scenes.HELLO, protocol=PROTOCOL + 1)
    told = Told((hello, *scenes.greeting(*scenes.RUNNING)[1:]))
    app = Dashboard(told, FrozenClock(), settings(language))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.draw()
        await pilot.pause()
        versions, look, state = SAID[language]
        assert versions in " ".join(text(app).split())
        if size[0] >= 80:
            assert look in text(app)
            assert state in lines(app)[0]
