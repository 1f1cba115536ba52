"""Pieces of a row and their exact width in cells: pure, and drawn by `tui.panel` alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len, set_cell_size


class Tone(StrEnum):
    """What a piece of text is; the theme says how that looks."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    CHANNEL = "channel"
    """A value of the oximeter."""
    WAVE = "wave"
    """The pleth; the waves below have colours of their own, by convention."""
    WAVE_ECG = "wave_ecg"
    WAVE_CO2 = "wave_co2"
    WAVE_RESP = "wave_resp"
    WAVE_ART = "wave_art"
    HEART = "heart"
    """Values in the colour of their wave, or of their gas."""
    CARBON = "carbon"
    ARTERY = "artery"
    AGENT = "agent"
    NITROUS = "nitrous"
    CHANNEL_OLD = "channel_old"
    """Any value that is no longer current."""
    RIBBON = "ribbon"
    """Simulated, not approved: a plain inverted ribbon, never an alarm's colour."""
    HIGH_LIT = "high_lit"
    HIGH_DARK = "high_dark"
    MEDIUM_LIT = "medium_lit"
    MEDIUM_DARK = "medium_dark"
    LOW_LIT = "low_lit"
    LOW_DARK = "low_dark"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


Row = tuple[Span, ...]
"""One row, from the left."""

ELLIPSIS = "…"
GAP = 2
_HELD = "\u00a0\u202f"
"""Blanks at which a number is not broken: a language writes thousands with them."""
_BLANKS = re.compile(rf"[^\S{_HELD}]+")


def clean(text: str) -> str:
    """Return `text` with what is not printable replaced, so that no name moves a cursor."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in _HELD else "?" for sign in text)


def clip(text: str, width: int) -> str:
    """Return `text` in at most `width` cells, its end replaced by `…` where it does not fit."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def shorten(text: str, width: int) -> str:
    """Return `text` in at most `width` cells, ended after a whole word where there is one."""
    clipped = clip(text, width)
    if clipped == text or not width:
        return clipped
    kept = clipped.removesuffix(ELLIPSIS)
    whole = kept if text[len(kept) :].startswith(" ") else kept.rpartition(" ")[0]
    return f"{whole.rstrip(' ·,')} {ELLIPSIS}"[:width] if whole.strip() else clipped


def width_of(row: Row) -> int:
    """Return the width of `row` in cells."""
    return sum(cell_len(span.text) for span in row)


def fit(row: Row, width: int, fill: Tone = Tone.PLAIN) -> Row:
    """Return `row` in exactly `width` cells: clipped with `…`, or filled with blanks of `fill`."""
    fitted: list[Span] = []
    left = width
    for span in row:
        text = clip(clean(span.text), left)
        if text:
            fitted.append(Span(text, span.tone))
        left -= cell_len(text)
        if text.endswith(ELLIPSIS) and text != span.text:
            break
    if left > 0:
        fitted.append(Span(" " * left, fill))
    return tuple(fitted)


def spread(left: Row, right: Row, width: int, fill: Tone = Tone.PLAIN) -> Row:
    """Return `left` and `right` at the two ends; what does not fit is taken from `left`."""
    kept = fit(right, min(width_of(right), width), fill) if right else ()
    room = max(0, width - width_of(kept))
    gap = min(GAP, room) if kept else 0
    return (*fit(left, room - gap, fill), *((Span(" " * gap, fill),) if gap else ()), *kept)


def centred(text: str, width: int, tone: Tone = Tone.PLAIN) -> Row:
    """Return `text` in the middle of `width` cells."""
    text = clip(clean(text), width)
    return fit((Span(" " * ((width - cell_len(text)) // 2), tone), Span(text, tone)), width, tone)


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells, broken at its blanks."""
    lines: list[str] = []
    for word in filter(None, _BLANKS.split(text)):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(clip(word, width))
    return lines
