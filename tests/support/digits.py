"""Reads the large digits off the lines of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from tui.font import FONT, GAP, GLYPH_CELLS, ROWS, drawn

_GLYPHS = {tuple(drawn(sign)): sign for sign in FONT if sign != " "}
_STEP = GLYPH_CELLS + len(GAP)


def read_digits(lines: Sequence[str]) -> list[str]:
    """Return every number in large digits, from the top and the left: `['97', '118']`."""
    found: list[str] = []
    for row in range(len(lines) - ROWS + 1):
        found += _row(lines[row : row + ROWS])
    return found


def _row(lines: Sequence[str]) -> list[str]:
    numbers: list[str] = []
    follows = -1
    width = max(map(len, lines))
    padded = [line.ljust(width) for line in lines]
    for column in range(width - GLYPH_CELLS + 1):
        block = tuple(line[column : column + GLYPH_CELLS] for line in padded)
        if (sign := _GLYPHS.get(block)) is None:
            continue
        if column == follows:
            numbers[-1] += sign
        else:
            numbers.append(sign)
        follows = column + _STEP
    return numbers
