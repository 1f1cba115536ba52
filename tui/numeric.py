"""One measure in large digits: absence is `---` and says why; old numbers are dim and say so."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from tui import font
from tui.aging import Shown, Standing
from tui.reason import why
from tui.sight import Sight
from tui.span import GAP, Row, Span, Tone, fit, spread, width_of
from tui.tint import TINTS
from tui.value import figure
from vitals.measure import Measure
from vitals.reading import Quality

_MARGIN = "  "
_NAMES = {
    Measure.SPO2: "title.spo2",
    Measure.PULSE_RATE: "title.pulse_rate",
    Measure.HEART_RATE: "tile.heart_rate",
    Measure.ETCO2: "tile.etco2",
    Measure.RESPIRATORY_RATE: "tile.respiratory_rate",
}
"""The measures that have large digits, and the words over them."""


def numeric(measure: Measure) -> Callable[[Sight, int, int], list[Row]]:
    """Return the view of `measure`: the larger digits where there is room for them."""

    def view(sight: Sight, width: int, height: int) -> list[Row]:
        shown = sight.best(measure)
        large = height > font.ROWS and width >= len(_MARGIN) + font.WIDTH
        lines = _large(value_text(sight, measure)) if large else _small(value_text(sight, measure))
        margin, tone = _MARGIN[: max(0, width - len(lines[0]))], _tone(shown)
        digits = [fit((Span(f"{margin}{line}", tone),), width) for line in lines]
        below = not large and tone is Tone.QUIET
        rows = [_title(sight, measure, width, bare=below), *digits]
        if below:
            rows[-1] = _below(why(sight, shown), width)
        above = 1 if large and height > len(rows) + 1 else 0
        blank = [fit((), width)] * height
        return (blank[:above] + rows + blank)[:height]

    return view


def value_text(sight: Sight, measure: Measure) -> str:
    """Return the measure's number as text, or `---`."""
    shown = sight.best(measure)
    return figure(sight, measure, None if shown is None else shown.value)


def _large(text: str) -> list[str]:
    return font.drawn(text[:3].rjust(3))


def _small(text: str) -> list[str]:
    return [line.rjust(font.SMALL_WIDTH) for line in font.drawn_small(text)]


def _below(reason: str, width: int) -> Row:
    """Return the last row under `---`, which has no blocks: why there is no number."""
    margin = _MARGIN[: max(0, width - cell_len(reason))]
    return fit((Span(f"{margin}{reason}", Tone.STRONG),), width)


def _title(sight: Sight, measure: Measure, width: int, *, bare: bool) -> Row:
    """Return name, unit and limits and, unless `bare`, what qualifies the number, which is first.

    Where the device's own words have no room, that the number is uncertain is said.
    """
    name = Span(f"{_MARGIN}{sight.words.text(_NAMES[measure])}", Tone.STRONG)
    unit, limits = f" {measure.form.unit}", limits_text(sight, measure)
    reason = "" if bare else why(sight, sight.best(measure))
    if not reason:
        return fit((name, Span(f"{unit}  {limits}", Tone.QUIET)), width)
    if cell_len(name.text) + GAP + cell_len(reason) >= width:
        reason = sight.words.named("quality", Quality.QUESTIONABLE.value)
    right = (Span(f"{reason}  " if width >= _ROOMY else f"{reason} ", Tone.STRONG),)
    room = width - width_of((name, *right)) - GAP
    told = (text for text in (f"{unit}  {limits}", f"  {limits}") if cell_len(text) <= room)
    return spread((name, Span(next(told, ""), Tone.QUIET)), right, width)


_ROOMY = 36
"""From this width on a title has a margin at its right too."""


def limits_text(sight: Sight, measure: Measure) -> str:
    """Return the limits in force, `70-155`, `≥ 92` or `≥ 88*`; empty while none are held to."""
    limits = sight.watched.limits if sight.watched else ()
    for limit in limits:
        if limit.measure is measure:
            mark = _CHANGED if limit.changed else ""
            return f"{_range(sight, limit.lo, limit.hi, measure.form.decimals)}{mark}"
    return ""


_CHANGED = "*"
"""Beside limits of which somebody set one for this case; the case line has the word for it."""


def _range(sight: Sight, lo: float | None, hi: float | None, decimals: int) -> str:
    low = None if lo is None else sight.forms.number(lo, decimals)
    high = None if hi is None else sight.forms.number(hi, decimals)
    if low and high:
        return f"{low}-{high}"
    if low:
        return f"≥ {low}"
    return f"≤ {high}" if high else ""


def _tone(shown: Shown | None) -> Tone:
    if shown is None or shown.value is None:
        return Tone.QUIET
    return TINTS[shown.reading.measure] if shown.standing is Standing.FRESH else Tone.CHANNEL_OLD
