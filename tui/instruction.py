"""What the patient was handed over with, on rows of its own for whom it was given to: pure.

An instruction is one line of at most 120 signs, so that two rows hold it whole.
"""

from __future__ import annotations

from rich.cells import cell_len

from tui.entry import handed_over
from tui.sight import Sight
from tui.span import Row, Span, Tone, clean, clip, fit, wrapped
from tui.view import View
from vitals.deeds import HandOver

ROWS = 2


def instruction(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the instruction in `height` rows; blank ones where there is none."""
    lines = _lines(sight, width)
    told = ((Span(f" {lines[y]}", Tone.STRONG),) if y < len(lines) else () for y in range(height))
    return [fit(row, width) for row in told]


def rows_for_instruction(sight: Sight, width: int) -> int:
    """Return how many rows it takes; none where there is none, or others may stand beside."""
    return len(_lines(sight, width))


def _lines(sight: Sight, width: int) -> list[str]:
    if sight.view is View.RECOVERY and not sight.revealed:
        return []
    handed = handed_over(sight.open) if sight.open else None
    if handed is None or not isinstance(handed.deed, HandOver):
        return []
    text = clean(handed.deed.instruction)
    text = sight.words.text("case.instruction", to=handed.deed.to, instruction=text)
    lines = wrapped(text, width - 1)
    long = any(cell_len(word) >= width - 1 for word in text.split())
    if long or len(lines) > ROWS:
        return [text[: width - 1], clip(text[width - 1 :], width - 1)]
    return lines
