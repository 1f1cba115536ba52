"""Every other number, small: in columns, the gravest first; what finds no room is counted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rich.cells import cell_len

from tui import group
from tui.aging import Shown, Standing
from tui.handtile import by_hand
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit
from tui.tint import TINTS
from vitals.measure import Measure

TILE_CELLS = 16
"""A column is at least so wide; a longer tile takes several."""

LEAD = 1
"""Cells before each tile."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A tile in its place."""

    row: int
    column: int
    columns: int
    span: Span


def tiles(sight: Sight, width: int, height: int, large: Collection[Measure] = ()) -> list[Row]:
    """Return the tiles of all that is not `large`, from the left to the right and downwards."""
    placed = _placed(_tiles(sight, width, large), width)
    if any(cell.row >= height for cell in placed):
        placed = _cut(placed, width, height)
    return [_row(placed, number, width) for number in range(height)]


def rows_wanted(sight: Sight, width: int, large: Collection[Measure] = ()) -> int:
    """Return how many rows hold every tile."""
    return max((cell.row + 1 for cell in _placed(_tiles(sight, width, large), width)), default=0)


def _tiles(sight: Sight, width: int, large: Collection[Measure]) -> list[tuple[Span, int]]:
    """Return each tile with the columns that it takes at least.

    What was measured once stands here even where the measure has large digits: they are live. So
    does what a person typed, before all else, because it is missed where it was typed.
    """
    found = [(Span(text, Tone.STRONG), 1) for text in by_hand(sight)]
    for one in group.offered(sight):
        led = one.measures[0] in large
        readings = sight.once(one.measures) if led else sight.together(one.measures)
        if not led or any(each is not None and each.value is not None for each in readings):
            least = min(_columns(width), one.columns)
            room = least * (width // _columns(width)) - LEAD
            span = Span(group.text(sight, one, readings, room, width - LEAD), _tone(readings))
            found.append((span, least))
    return [*found, *((Span(text, _tone([one])), 1) for text, one in group.sites(sight))]


def _columns(width: int) -> int:
    return max(1, width // TILE_CELLS)


def _placed(found: list[tuple[Span, int]], width: int) -> list[_Cell]:
    """Return each tile in the first row that has columns for it."""
    columns = _columns(width)
    used: list[int] = []
    placed: list[_Cell] = []
    for span, least in found:
        whole = -(-(cell_len(span.text) + LEAD) // (width // columns))
        wanted = min(columns, max(least, whole))
        row = next((row for row, taken in enumerate(used) if taken + wanted <= columns), len(used))
        used += [0] if row == len(used) else []
        placed.append(_Cell(row, used[row], wanted, span))
        used[row] += wanted
    return placed


def _cut(placed: list[_Cell], width: int, height: int) -> list[_Cell]:
    """Return what `height` rows hold, their last column a count of what they do not hold."""
    last, bottom = _columns(width) - 1, height - 1
    kept = [
        cell
        for cell in placed
        if cell.row < bottom or (cell.row == bottom and cell.column + cell.columns <= last)
    ]
    count = Span(f"+{len(placed) - len(kept)}", Tone.STRONG)
    return [*kept, _Cell(bottom, last, 1, count)] if height > 0 else []


def _row(placed: list[_Cell], number: int, width: int) -> Row:
    """Return one row; the last column takes the cells that are left over."""
    cells = width // _columns(width)
    row: list[Span] = []
    used = 0
    for cell in placed:
        if cell.row == number:
            gap = cell.column * cells - used
            room = cell.columns * cells
            row += [Span(" " * gap), *fit((Span(" " * LEAD), cell.span), room)]
            used += gap + room
    return fit(tuple(row), width)


def _tone(found: list[Shown | None]) -> Tone:
    first = next((one for one in found if one is not None and one.value is not None), None)
    if first is None:
        return Tone.QUIET
    return TINTS[first.reading.measure] if first.standing is Standing.FRESH else Tone.CHANNEL_OLD
