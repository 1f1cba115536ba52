"""The row in which a device and its bed are chosen: what is chosen is always in sight."""

from __future__ import annotations

from tui.moving import standing
from tui.prompt import Choose
from tui.sight import Sight
from tui.span import Row, Span, Tone, clean, clip, spread, width_of

HINT = "← → · Enter · Esc"
NAME_CELLS = 20
_MORE = Span("… ", Tone.QUIET)


def choice(sight: Sight, prompt: Choose, width: int) -> Row:
    """Return `Apparat: ▸1 nonin (Stue 1)  2 capno (Stue 2)` in `width` cells.

    Choices before the one that is chosen make room for it.
    """
    lead = Span(f" {_title(sight, prompt)}: ", Tone.STRONG)
    hint = Span(f"{HINT} ", Tone.QUIET)
    shown = [_option(sight, prompt, number) for number in range(len(prompt.options))]
    room = width - width_of((lead, hint, _MORE)) - 2
    first = 0
    while first < prompt.at and width_of(tuple(shown[first : prompt.at + 1])) > room:
        first += 1
    more = (_MORE,) if first else ()
    return spread((lead, *more, *shown[first:]), (hint,), width)


def _title(sight: Sight, prompt: Choose) -> str:
    if prompt.device is None:
        return sight.words.text("prompt.device")
    return sight.words.text("prompt.bed", device=_short(prompt.device))


def _option(sight: Sight, prompt: Choose, number: int) -> Span:
    option = prompt.options[number]
    bed = standing(sight, option) if prompt.device is None else None
    text = f"{number + 1} {_short(option)}" + (f" ({_short(bed)})" if bed else "")
    if number == prompt.at:
        return Span(f"▸{text}  ", Tone.STRONG)
    return Span(f" {text}  ", Tone.QUIET)


def _short(name: str) -> str:
    return clip(clean(name), NAME_CELLS)
