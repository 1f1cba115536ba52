"""All numbers of a bed: the gravest in large digits, side by side or stacked, the others small."""

from __future__ import annotations

from tui import font
from tui.numeric import numeric
from tui.sight import Sight
from tui.span import Row, fit
from tui.tiles import rows_wanted, tiles
from vitals.measure import Measure

SLOT_CELLS = 24
"""A number in the small digits takes at least so much."""
PAIR_CELLS = 40
"""Two numbers alone are larger."""
WAVE_LEAST, HELP_ROWS = 3, 7
"""What a wave, and what the help in its place, is left at least."""
ALWAYS = (Measure.SPO2, Measure.PULSE_RATE)
_PAIR_ROWS = font.ROWS + 1
_STACKED_ROWS = 10
_SLOT_ROWS = font.SMALL_ROWS + 1


def board(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the large numbers and, below them, the tiles."""
    large = chosen(sight, width)
    if len(large) == len(ALWAYS):
        columns = max(1, width // PAIR_CELLS)
        beside = columns > 1 or rows_wanted(sight, width, large)
        tall = _largest(height // -(-len(large) // columns), spread=not beside)
    else:
        columns, tall = _slots(width), _SLOT_ROWS
    rows: list[Row] = []
    for first in range(0, len(large), columns):
        rows += _side_by_side(sight, large[first : first + columns], width // columns, tall)
    rows = [fit(row, width) for row in rows[:height]]
    return [*rows, *tiles(sight, width, height - len(rows), large)]


def rows_for(sight: Sight, width: int, room: int) -> int:
    """Return the rows for the numbers, of `room`, in a window where they lie above the waves.

    The large ones are never cut, and smaller while what is to be read in the place of the wave
    has no room otherwise; that comes before tiles too.
    """
    large = chosen(sight, width)
    least = HELP_ROWS if sight.reading else WAVE_LEAST
    pair = len(large) == len(ALWAYS) and room - _PAIR_ROWS >= least
    tall = _PAIR_ROWS if pair else _SLOT_ROWS
    left = room - tall - least
    return tall + max(0, min(left, rows_wanted(sight, width, large)))


def least_beside(sight: Sight, width: int) -> int:
    """Return the rows that hold every number beside the waves, none in smaller digits."""
    large = chosen(sight, width)
    pair = len(large) == len(ALWAYS)
    columns = max(1, width // PAIR_CELLS) if pair else _slots(width)
    tall = _PAIR_ROWS if pair else _SLOT_ROWS
    return -(-len(large) // columns) * tall + rows_wanted(sight, width, large)


def chosen(sight: Sight, width: int) -> tuple[Measure, ...]:
    """Return the measures that have large digits: SpO2 and a heart rate always.

    The rate of the ECG stands before that of the pulse, as the ECG stands before the pleth.
    """
    given = {measure for _, measure, site in sight.bed.readings if site is None}
    wanted = [Measure.SPO2, Measure.PULSE_RATE, Measure.ETCO2, Measure.RESPIRATORY_RATE]
    if Measure.HEART_RATE in given:
        wanted = [Measure.HEART_RATE, Measure.SPO2, Measure.ETCO2, Measure.PULSE_RATE]
    found = [measure for measure in wanted if measure in given or measure in ALWAYS]
    slots = _slots(width)
    return tuple(found[: slots if slots > len(ALWAYS) else 2 * slots])


def _largest(room: int, *, spread: bool) -> int:
    """Return the rows of a number that has `room`: smaller digits rather than cut ones."""
    if room < _PAIR_ROWS:
        return _SLOT_ROWS
    return _STACKED_ROWS if spread and room >= _STACKED_ROWS else _PAIR_ROWS


def _slots(width: int) -> int:
    return max(1, width // SLOT_CELLS)


def _side_by_side(
    sight: Sight, measures: tuple[Measure, ...], width: int, height: int
) -> list[Row]:
    parts = [numeric(measure)(sight, width, height) for measure in measures]
    return [tuple(span for part in parts for span in part[y]) for y in range(height)]
