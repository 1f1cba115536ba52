"""The second row: the intended use, and a ribbon over anything that was not measured."""

from __future__ import annotations

from tui.sight import Sight
from tui.span import Row, Span, Tone, spread, width_of
from vitals.reading import Origin

MARKED = (Origin.SIMULATED, Origin.REPLAYED, Origin.MANUAL)
"""Everything but a measurement."""


def notice(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the intended use, in full where there is room, and the ribbons at the right."""
    del height
    short = sight.words.text("use.supplement")
    full = f"{short}. {sight.words.text('use.intended')}"
    ribbon = ribbons(sight)
    room = width - width_of(ribbon) - 4
    text = full if len(full) <= room else short
    return [spread((Span(f" {text}", Tone.QUIET),), ribbon, width)]


def ribbons(sight: Sight) -> Row:
    """Return one ribbon for each origin on the bed that is not a measurement."""
    bed = sight.bed
    origins = {held.message.origin for held in bed.readings.values()}
    origins |= {held.message.origin for held in bed.devices.values()}
    return tuple(
        Span(f" {sight.words.named('origin', origin.value)} ", Tone.RIBBON)
        for origin in MARKED
        if origin in origins
    )
