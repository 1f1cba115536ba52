"""The numbers on a card: saturation and pulse, in the largest digits that have room; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from tui import font
from tui.aging import Shown, Standing
from tui.numeric import limits_text, numeric, value_text
from tui.reason import why
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of, wrapped
from tui.tint import TINTS
from tui.value import plain
from vitals.measure import Measure

LARGE, SMALL = font.ROWS + 1, font.SMALL_ROWS + 1
"""Rows of a number in the two sizes of digits, with its name above."""
LARGE_CELLS, SMALL_CELLS = font.WIDTH + 2, font.SMALL_WIDTH + 2
SIDE_CELLS = 12
"""What stands beside small digits has at least so much."""
_APART = 2


def figures(sight: Sight) -> tuple[Measure, Measure]:
    """Return what is read first of a patient: the saturation, and the better of the rates."""
    rate = Measure.HEART_RATE if sight.best(Measure.HEART_RATE) else Measure.PULSE_RATE
    return Measure.SPO2, rate


def written(sight: Sight) -> list[Row]:
    """Return each number as text in a row of its own."""
    return [_written(sight, one) for one in figures(sight)]


def variants(sight: Sight) -> tuple[str, ...]:
    """Return the numbers in one row, the longest first: limits yield, and then the rate."""
    both = [plain(sight, one, sight.best(one)) for one in figures(sight)]
    held = [f"  {limits_text(sight, one)}".rstrip() for one in figures(sight)]
    texts = (
        f"{both[0]}{held[0]}   {both[1]}{held[1]}",
        f"{both[0]}{held[0]}   {both[1]}",
        f"{both[0]}   {both[1]}",
        both[0],
    )
    return tuple(dict.fromkeys(texts))


def compact(sight: Sight, width: int) -> Row:
    """Return the numbers in one row, as many of them as have room."""
    *_, least = texts = variants(sight)
    text = next((one for one in texts if cell_len(one) <= width), least)
    return (Span(text, Tone.STRONG),)


def large(sight: Sight, told: Sequence[Row], width: int, room: int) -> list[Row] | None:
    """Return the numbers in blocks and what is told of the bed below; None without the room."""
    for least, rows, body in _SIZES:
        if width >= least and rows + len(told) <= room:
            return [*body(sight, width), *told]
    return _beside(sight, told, width, room)


def _digits(sight: Sight, number: int, width: int, rows: int) -> list[Row]:
    return numeric(figures(sight)[number])(sight, width, rows)


def _pair(rows: int) -> Callable[[Sight, int], list[Row]]:
    """Return both numbers side by side."""

    def body(sight: Sight, width: int) -> list[Row]:
        parts = [_digits(sight, number, width // 2, rows) for number in (0, 1)]
        return [(*parts[0][y], *parts[1][y]) for y in range(rows)]

    return body


def _stacked(first: int, second: int) -> Callable[[Sight, int], list[Row]]:
    """Return the rate below the saturation."""
    return lambda sight, width: [
        *_digits(sight, 0, width, first),
        *_digits(sight, 1, width, second),
    ]


_SIZES: Sequence[tuple[int, int, Callable[[Sight, int], list[Row]]]] = (
    (LARGE_CELLS, LARGE + LARGE, _stacked(LARGE, LARGE)),
    (2 * LARGE_CELLS, LARGE, _pair(LARGE)),
    (LARGE_CELLS, LARGE + SMALL, _stacked(LARGE, SMALL)),
    (
        LARGE_CELLS,
        LARGE + 1,
        lambda sight, width: [*_digits(sight, 0, width, LARGE), written(sight)[1]],
    ),
    (2 * SMALL_CELLS, SMALL, _pair(SMALL)),
)
"""Least cells, rows, and the numbers in them; the easiest to read from afar first."""


def _beside(sight: Sight, told: Sequence[Row], width: int, room: int) -> list[Row] | None:
    """Return the saturation in small digits, with the rate beside it; None without the room.

    What has no room below stands under the rate: what was told last, or else first.
    """
    side, fits = width - SMALL_CELLS - _APART, room - font.SMALL_ROWS
    if side < SIDE_CELLS or fits < 0:
        return None
    spo2, rate = figures(sight)
    first = [*_titled(sight, spo2, side), *_titled(sight, rate, side, number=True)]
    over = max(0, len(told) - fits)
    for under, below in ((told[fits:], told[:fits]), (told[:over], told[over:])):
        beside = [*first, *(line for row in under for line in _folded(row, side))]
        if len(beside) <= font.SMALL_ROWS:
            return [*_blocks(sight, spo2, beside), *below]
    return None


def _folded(row: Row, width: int) -> list[Row]:
    """Return a row in as many as it takes."""
    text = "".join(span.text for span in row)
    return [(Span(line.removeprefix("· "), row[0].tone),) for line in wrapped(text, width)]


def _blocks(sight: Sight, measure: Measure, beside: list[Row]) -> list[Row]:
    """Return small digits with rows at their right."""
    tone, text = _tone(sight.best(measure)), value_text(sight, measure)
    lines = [line.rjust(font.SMALL_WIDTH) for line in font.drawn_small(text)]
    rows = [*beside, *[()] * (len(lines) - len(beside))]
    wide = SMALL_CELLS + _APART
    return [(*fit((Span(line, tone),), wide), *row) for line, row in zip(lines, rows, strict=True)]


def _titled(sight: Sight, measure: Measure, width: int, *, number: bool = False) -> list[Row]:
    """Return what a number is with its limits, and why there is none or how old it is."""
    shown = sight.best(measure)
    name = sight.words.named("measure", measure.value)
    lead = plain(sight, measure, shown) if number else f"{name} {measure.form.unit}"
    held, reason = limits_text(sight, measure), "" if number else why(sight, shown)
    row = (Span(lead, _tone(shown) if number else Tone.STRONG), Span(f"  {held}", Tone.QUIET))
    if width_of(row) > width:
        rows: list[Row] = [row[:1], (Span(held, Tone.QUIET),)]
    else:
        rows = [row]
    return [*rows, *([(Span(reason, Tone.STRONG),)] if reason else [])]


def _written(sight: Sight, measure: Measure) -> Row:
    shown = sight.best(measure)
    known = shown is not None and shown.value is not None
    text = plain(sight, measure, shown)
    unit = f" {measure.form.unit}" if known else ""
    limits, reason = limits_text(sight, measure), "" if known else why(sight, shown)
    return (
        Span(f"{text}{unit}", _tone(shown)),
        Span(f"   {limits}" if limits else "", Tone.QUIET),
        Span(f"   {reason}" if reason else "", Tone.STRONG),
    )


def _tone(shown: Shown | None) -> Tone:
    """Return the colour of what is current; what is old or absent has none."""
    if shown is None or shown.value is None:
        return Tone.STRONG
    return TINTS[shown.reading.measure] if shown.standing is Standing.FRESH else Tone.CHANNEL_OLD
