from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
import scenes
import wards
from checkout import ROOT
from dashboards import FrozenClock, Told, settings, text
from manual import until
from msgspec import structs
from rich.cells import cell_len

from tui.app import Dashboard
from tui.glyphs import Glyphs, best, drawn
from tui.settings import Settings
from tui.span import Tone
from tui.theme import STYLES

SHOWN = ("tui/*.py", "words/*.py", "words/locales/*/*/*.po", "monitoring/rules/*.toml")
LATIN = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0xA0, 0x100)))
CONSOLE = LATIN + bytes(range(0x80, 0x100)).decode("cp437") + "•►◄↑↓→←▲▼○♥"
HAS = {Glyphs.BLOCKS: CONSOLE, Glyphs.ASCII: LATIN}


def signs() -> set[str]:
    """Return every sign that a screen may show."""
    tables = ROOT / "tui" / "glyphs.py"
    files = (file for pattern in SHOWN for file in ROOT.glob(pattern) if file != tables)
    return {sign for file in files for sign in file.read_text() if sign != "\n"}


@pytest.mark.parametrize("glyphs", HAS)
def test_every_sign_of_the_product_has_one_that_such_a_font_draws(glyphs: Glyphs) -> None:
    braille = {chr(0x2800 + dots) for dots in range(256)}
    lacking = {sign for sign in signs() | braille if drawn(sign, glyphs) not in HAS[glyphs]}
    assert not lacking


@pytest.mark.parametrize("glyphs", Glyphs)
def test_a_sign_takes_as_many_cells_as_the_one_that_it_stands_for(glyphs: Glyphs) -> None:
    assert {sign for sign in signs() if cell_len(drawn(sign, glyphs)) != cell_len(sign)} == set()


def test_a_wave_keeps_its_height_in_halves_of_a_cell() -> None:
    assert drawn("\u2801\u2840\u2847 ", Glyphs.BLOCKS) == "▀▄█ "
    assert drawn("\u2801\u2840\u2847 ", Glyphs.ASCII) == "'.: "
    assert drawn("\u2847", Glyphs.BRAILLE) == "\u2847"


@pytest.mark.parametrize(
    ("terminal", "encoding", "glyphs"),
    [
        ("xterm-256color", "utf-8", Glyphs.BRAILLE),
        ("tmux-256color", "UTF-8", Glyphs.BRAILLE),
        ("linux", "utf-8", Glyphs.BLOCKS),
        ("xterm", "iso8859-1", Glyphs.ASCII),
        ("", "ascii", Glyphs.ASCII),
    ],
)
def test_a_terminal_gets_what_it_surely_draws(terminal: str, encoding: str, glyphs: Glyphs) -> None:
    assert best(terminal, encoding) is glyphs


@pytest.mark.parametrize("glyphs", HAS)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_full_bed_with_waves_has_no_sign_that_the_font_lacks(
    glyphs: Glyphs, size: tuple[int, int]
) -> None:
    clock = FrozenClock()
    set_so = replaced(glyphs)
    app = Dashboard(Told(scenes.greeting(*wards.FULL)), clock, set_so)
    async with app.run_test(size=size):
        await until(lambda: "BT 88/51" in text(app))
        for wave in wards.waves(6.0):
            clock.move(0.1)
            app.hear(structs.replace(wave, at=clock.now().rfc3339()))
            app.draw()
        await asyncio.sleep(0)
        screen = text(app)
    assert set(screen) - set(HAS[glyphs]) <= {"\n"}
    assert any(sign in screen for sign in drawn("\u2801\u2840\u2847", glyphs))


def replaced(glyphs: Glyphs) -> Settings:
    return replace(settings(), glyphs=glyphs)


@pytest.mark.parametrize("tone", [Tone.RIBBON, Tone.HIGH_LIT, Tone.MEDIUM_LIT, Tone.LOW_LIT])
def test_a_fill_stays_one_where_no_colours_are_wanted(tone: Tone) -> None:
    assert STYLES[tone].without_color.reverse
