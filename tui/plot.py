"""One lane of a trend as rows of signs: each part stands from its lowest to its highest; pure.

In braille dots; `tui.glyphs` has others where a terminal has none.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.raster import Raster
from tui.span import Row, Span, Tone

Part = tuple[float, float] | None
"""Lowest and highest; None: no number."""
_APART = 4
"""A limit is drawn in every fourth dot."""


def plotted(
    parts: Sequence[Part],
    bounds: tuple[float, float],
    limits: Sequence[float],
    size: tuple[int, int],
    tone: Tone,
) -> list[Row]:
    """Return a lane of `size` cells between two bounds; limits show where nothing was measured.

    Neighbouring parts are joined; across a part without a number nothing is.
    """
    raster, lines = Raster(*size), Raster(*size)
    for limit in limits:
        row = _row(limit, bounds, lines)
        for x in range(0, lines.dots_wide, _APART):
            lines.plot(x, row, row)
    before: tuple[int, int] | None = None
    for number, part in enumerate(parts):
        extent = None if part is None else _extent(part, bounds, raster)
        if extent is not None:
            first, last = _place(number, len(parts), raster.dots_wide)
            drawn = extent if before is None else _joined(extent, before)
            raster.plot(first, *drawn)
            for x in range(first + 1, last + 1):
                raster.plot(x, *extent)
        before = extent
    return [_signs(raster.line(y), lines.line(y), tone) for y in range(size[1])]


def _place(number: int, count: int, dots: int) -> tuple[int, int]:
    """Return the first and the last dot of a part."""
    first = number * dots // count
    return first, max(first, (number + 1) * dots // count - 1)


def _extent(part: tuple[float, float], bounds: tuple[float, float], of: Raster) -> tuple[int, int]:
    return _row(part[1], bounds, of), _row(part[0], bounds, of)


def _row(value: float, bounds: tuple[float, float], of: Raster) -> int:
    """Return the dot row of a value, 0 at the top; never outside."""
    low, high = bounds
    last = of.dots_tall - 1
    return min(last, max(0, round((high - value) / (high - low) * last)))


def _joined(extent: tuple[int, int], before: tuple[int, int]) -> tuple[int, int]:
    """Return the dots of a part as far as those of the part before it."""
    top, bottom = extent
    return min(top, before[1]), max(bottom, before[0])


def _signs(measured: str, lines: str, tone: Tone) -> Row:
    """Return what was measured, and a limit where nothing was, in as few spans as may be."""
    spans: list[Span] = []
    for sign, line in zip(measured, lines, strict=True):
        text, own = (sign, tone) if sign != " " else (line, Tone.QUIET)
        if spans and (spans[-1].tone is own or text == " "):
            spans[-1] = Span(spans[-1].text + text, spans[-1].tone)
        else:
            spans.append(Span(text, own))
    return tuple(spans)
