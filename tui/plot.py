"""One lane of a trend as rows of signs: the height of a column is from its lowest to its highest.

Pure. What a sign looks like is chosen by one function: of braille dots, or of half blocks where a
terminal has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.raster import Raster
from tui.span import Row, Span, Tone

Part = tuple[float, float] | None
"""Lowest and highest; None: no number."""
Glyphs = Callable[[Raster, int], str]
"""One row of a raster as signs."""
_HALVES = " ▀▄█"
_APART = 4
"""A limit is drawn in every fourth dot."""


def braille(raster: Raster, row: int) -> str:
    """Return a row in dots."""
    return raster.line(row)


def blocks(raster: Raster, row: int) -> str:
    """Return a row in half blocks."""
    return "".join(_HALVES[_half(pattern)] for pattern in raster.patterns(row))


def plotted(
    parts: Sequence[Part],
    bounds: tuple[float, float],
    limits: Sequence[float],
    size: tuple[int, int],
    tone: Tone,
    glyphs: Glyphs = braille,
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
    return [_signs(glyphs(raster, y), glyphs(lines, y), tone) for y in range(size[1])]


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


def _half(pattern: int) -> int:
    """Return which halves of a cell have a dot: 1 the upper, 2 the lower."""
    return bool(pattern & _UPPER) | bool(pattern & ~_UPPER) << 1


_UPPER = 0x01 | 0x08 | 0x02 | 0x10
"""The dots of the two upper rows of a cell."""
