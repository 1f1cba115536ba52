"""The rows under the first: what this is and is not, and a ribbon over what was not measured."""

from __future__ import annotations

from rich.cells import cell_len

from tui.sight import Sight
from tui.span import GAP, Row, Span, Tone, fit, spread, width_of, wrapped
from tui.view import View
from tui.ward import beds
from vitals.reading import Origin

MARKED = (Origin.SIMULATED, Origin.REPLAYED, Origin.MANUAL)
"""Everything but a measurement."""
TURN_S = 6.0
"""How long each part stands where one row must hold more than it has room for."""


def notice(sight: Sight, width: int, height: int) -> list[Row]:
    """Return that the monitors' own alarms stay on, with the ribbons; then what this is not.

    The first stands always, and takes turns with nothing. What this is not stands behind it, in as
    many words as have room, where there is one row; but while no anaesthetic runs the row of the
    requirements says it.
    """
    right = ribbons(sight)
    room = width - 1 - (width_of(right) + GAP if right else 0)
    text = sight.words.text("use.supplement")
    if height == 1 and sight.watched:
        text = _both(sight, room)
    rows = [
        spread((Span(f" {_turn(sight, text, room)}", Tone.QUIET),), right, width),
        fit((Span(f" {disclaimer(sight, width - 1)}", Tone.QUIET),), width),
    ]
    return rows[:height]


def disclaimer(sight: Sight, room: int) -> str:
    """Return what this is not: in full where `room` cells hold it, else in few words."""
    intended = sight.words.text("use.intended")
    return intended if cell_len(intended) <= room else sight.words.text("use.brief")


def _both(sight: Sight, room: int) -> str:
    """Return the supplement, and behind it as much of what this is not as has room."""
    supplement = sight.words.text("use.supplement")
    told = (sight.words.text(f"use.{part}") for part in ("intended", "brief", "mark"))
    joined = [f"{supplement}. {text}" for text in told]
    joined += [sight.words.text(f"use.{part}") for part in ("short", "shortest")]
    return next((text for text in joined if cell_len(text) <= room), supplement)


def _turn(sight: Sight, text: str, room: int) -> str:
    """Return the text; of one that is too long even so the part whose turn it is."""
    pages = wrapped(text, room)
    turn = int(sight.now.seconds_since(sight.place.started) // TURN_S)
    return pages[turn % len(pages)]


def ribbons(sight: Sight) -> Row:
    """Return one ribbon for each origin on the screen that is not a measurement."""
    shown = [sight.bed, *(one.bed for one in beds(sight))]
    shown = shown if sight.view is View.RECOVERY else [sight.bed]
    origins = {held.message.origin for bed in shown for held in bed.readings.values()}
    origins |= {held.message.origin for bed in shown for held in bed.devices.values()}
    return tuple(
        Span(f" {sight.words.named('origin', origin.value)} ", Tone.RIBBON)
        for origin in MARKED
        if origin in origins
    )
