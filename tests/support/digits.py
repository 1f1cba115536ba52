"""Reads the large digits off the lines of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from tui.font import (
    FONT,
    GAP,
    GLYPH_CELLS,
    ROWS,
    SMALL,
    SMALL_GAP,
    SMALL_ROWS,
    drawn,
    drawn_small,
)

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


_SMALL = {tuple(drawn_small(sign)): sign for sign in SMALL if sign not in ". "}


def read_small(lines: Sequence[str]) -> list[str]:
    """Return every number in the small digits; either decimal sign is read as a comma."""
    found: list[str] = []
    for row in range(len(lines) - SMALL_ROWS + 1):
        found += _small_row([line + " " for line in lines[row : row + SMALL_ROWS]])
    return found


def _small_row(lines: Sequence[str]) -> list[str]:
    numbers: list[str] = []
    width, column, follows = max(map(len, lines)), 0, -1
    blocks = ["".join(sign if sign == "█" else " " for sign in line) for line in lines]
    padded = [line.ljust(width) for line in blocks]
    while column < width:
        sign, cells = _small_glyph(padded, column, joined=column == follows)
        if sign is None:
            column += 1
            continue
        if column == follows:
            numbers[-1] += sign
        else:
            numbers.append(sign)
        column += cells
        follows = column + len(SMALL_GAP)
        column = follows
    return numbers


def _small_glyph(lines: Sequence[str], column: int, *, joined: bool) -> tuple[str | None, int]:
    for cells in (6, 2) if joined else (6,):
        block = tuple(line[column : column + cells] for line in lines)
        if (sign := _SMALL.get(block)) is not None:
            return sign, cells
    return None, 0
