"""The rows under the first: the intended use, and a ribbon over what was not measured."""

from __future__ import annotations

from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, spread
from vitals.reading import Origin

MARKED = (Origin.SIMULATED, Origin.REPLAYED, Origin.MANUAL)
"""Everything but a measurement."""


def notice(sight: Sight, width: int, height: int) -> list[Row]:
    """Return that the monitors' own alarms stay on, with the ribbons; then what this is not."""
    words = sight.words
    supplement = (Span(f" {words.text('use.supplement')}", Tone.QUIET),)
    intended = (Span(f" {words.text('use.intended')}", Tone.QUIET),)
    return [spread(supplement, ribbons(sight), width), fit(intended, width)][:height]


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
