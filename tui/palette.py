"""Everything that can be done here, found by its words: pure; what is chosen is a key pressed."""

from __future__ import annotations

from dataclasses import replace

from tui.keymap import GENERAL, VIEWS, offered
from tui.page import Block, page
from tui.prompt import IDLE, Idle, Palette, Press, Prompt
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit

LONGEST = 40
KEY_CELLS = 5
_STEPS = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
NAMES = ("key", "help")
"""What a key is called in the last row, and what the help says of it."""
_SELF = "palette"


def begun(prompt: Prompt) -> Palette | Idle:
    """Return the palette, or what was there before it where it is open."""
    return IDLE if isinstance(prompt, Palette) else Palette()


def found(sight: Sight, prompt: Palette) -> list[tuple[str, str]]:
    """Return keys and words of all that fits: every word typed begins one of its words."""
    entries = [*offered(sight), *(pair for pair in (*GENERAL, *VIEWS) if pair[1] != _SELF)]
    wanted = prompt.typed.casefold().split()
    named = ((key, *(sight.words.named(what, word) for what in NAMES)) for key, word in entries)
    return [(key, text) for key, name, text in named if _fits(f"{key} {name} {text}", wanted)]


def pressed(sight: Sight, prompt: Palette, sign: str) -> Prompt | Press | None:
    """Return what a key leads to: more letters, another choice, or the key that was chosen."""
    shown = found(sight, prompt)
    last = max(0, len(shown) - 1)
    if sign == "escape":
        return IDLE
    if sign == "enter":
        return Press(shown[min(prompt.at, last)][0]) if shown else prompt
    if sign in _STEPS:
        return replace(prompt, at=max(0, min(last, prompt.at + _STEPS[sign])))
    return _typed(prompt, sign)


def _typed(prompt: Palette, sign: str) -> Palette | None:
    if sign == "backspace":
        return replace(prompt, typed=prompt.typed[:-1], at=0)
    if len(sign) == 1 and len(prompt.typed) < LONGEST:
        return replace(prompt, typed=prompt.typed + sign, at=0)
    return None


def palette(sight: Sight, prompt: Palette, width: int, height: int) -> list[Row]:
    """Return at most `height` rows: what fits, the chosen one marked, its key before it."""
    shown = found(sight, prompt)
    if not shown:
        return [(Span(f"  {sight.words.text('palette.none')}", Tone.STRONG),)]
    at = min(prompt.at, len(shown) - 1)
    blocks = [
        Block(key, (_entry(key, text, width, chosen=place == at),))
        for place, (key, text) in enumerate(shown)
    ]
    return page(blocks, at, height).rows


def asked(sight: Sight, prompt: Palette) -> Row:
    """Return what is typed, and what keys do."""
    title = f" {sight.words.text('palette.title')} {prompt.typed}▏"
    return (Span(title, Tone.STRONG), Span(f"  {sight.words.text('palette.keys')}"))


def _entry(key: str, text: str, width: int, *, chosen: bool) -> Row:
    mark = "▸" if chosen else " "
    tone = Tone.STRONG if chosen else Tone.PLAIN
    return fit((Span(f" {mark}{key:<{KEY_CELLS}}", Tone.STRONG), Span(text, tone)), width)


def _fits(text: str, wanted: list[str]) -> bool:
    words = text.casefold().replace(",", " ").split()
    return all(any(word.startswith(one) for word in words) for one in wanted)
