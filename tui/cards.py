"""The recovery room: every bed with a patient as a card, the worst first; pure."""

from __future__ import annotations

from tui.card import card
from tui.message import message
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, spread
from tui.ward import AWAKENING, beds, free
from tui.welcome import awaited

LEAST_CELLS, MOST_ROWS = 38, 8
"""A card is at least so wide, and has no more rows."""
_GAP = 2


def cardsview(sight: Sight, width: int, height: int) -> list[Row]:
    """Return `height` rows: what is asked, or how many there are and their cards."""
    if sight.reading or sight.reach is not Reach.LIVE or awaited(sight):
        told = message(sight, width, height)
        if told is not None:
            return told
    found = beds(sight)
    rows = [_title(sight, found, width), *_laid(sight, found, width, height - 2)]
    rows = [*rows[: height - 1], *[()] * (height - 1 - len(rows)), _free(sight, width)]
    return [fit(row, width) for row in rows[:height]]


def columns(width: int) -> int:
    """Return how many cards stand side by side."""
    return max(1, width // LEAST_CELLS)


def place(sight: Sight, x: int, y: int, width: int, height: int) -> str | None:
    """Return the bed whose card is at a cell; None where none is."""
    found, across = beds(sight), columns(width)
    tall = _tall(len(found), width, height - 2)
    number = (y - 1) // tall * across + min(across - 1, x * across // max(1, width))
    return found[number].bed_name if y >= 1 and number < len(found) else None


def _title(sight: Sight, found: list[Sight], width: int) -> Row:
    """Return how many wake up, and at how many beds something is the matter."""
    awake = sum(one.open is not None and one.open.state in AWAKENING for one in found)
    alarms = sum(bool(one.bed.alarms) for one in found)
    words = sight.words
    left = words.text("ward.count", count=awake)
    right = words.text("ward.alarms" if alarms != 1 else "ward.alarm", count=alarms)
    tone = Tone.STRONG if alarms else Tone.QUIET
    return spread((Span(f"  {left}", Tone.STRONG),), (Span(f"{right} ", tone),), width)


def _tall(count: int, width: int, height: int) -> int:
    """Return the rows of a card: as many as all of them have room for."""
    bands = -(-max(1, count) // columns(width))
    return max(1, min(MOST_ROWS, height // bands))


def _laid(sight: Sight, found: list[Sight], width: int, height: int) -> list[Row]:
    across, tall = columns(width), _tall(len(found), width, height)
    wide = width // across
    held = max(0, height // tall) * across
    rows: list[Row] = []
    for first in range(0, min(len(found), held), across):
        beside = [
            card(one, wide - _GAP, tall, chosen=one.bed_name == sight.bed_name)
            for one in found[first : first + across]
        ]
        rows += [
            tuple(span for one in beside for span in (*one[y], Span(" " * _GAP)))
            for y in range(tall)
        ]
    return rows


def _free(sight: Sight, width: int) -> Row:
    """Return the beds that are free, or nothing."""
    names = free(sight)
    text = sight.words.text("ward.free", beds=", ".join(names)) if names else ""
    return fit((Span(f"  {text}", Tone.QUIET),), width)
