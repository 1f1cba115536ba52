"""What stands in a window too small for the large digits: words alone, whole or not at all."""

from __future__ import annotations

from rich.cells import cell_len

from tui.alarmbar import uppermost
from tui.group import sites
from tui.instruction import instruction, rows_for_instruction
from tui.items import UNBOUND, items
from tui.keys import promptrow
from tui.notice import disclaimer, ribbons
from tui.prompt import Idle
from tui.sight import Sight
from tui.soundline import told
from tui.span import Row, Span, Tone, fit, wrapped
from tui.value import plain
from vitals.measure import Measure

SMALLEST = (80, 24)
"""Columns and rows that hold every panel and whole digits."""


def small(sight: Sight, width: int, height: int) -> list[Row]:
    """Return what to do about it, then the most urgent alarm, then the values, then the rest."""
    columns, least = SMALLEST
    words = sight.words
    found = [
        *_lines(Span(words.text("window.small", columns=columns, rows=least), Tone.STRONG), width),
        *_lines(uppermost(sight), width),
        *_lines(_calling(sight), width),
        *_lines(Span("  ·  ".join(told(sight)), Tone.STRONG), width),
        *([fit(right, width)] if (right := ribbons(sight)) else []),
        *_values(sight, width),
        *instruction(sight, width, rows_for_instruction(sight, width)),
        *([] if isinstance(sight.prompt, Idle) else promptrow(sight, width, 1)),
        *_lines(Span(words.text("use.supplement"), Tone.QUIET), width),
        *_lines(Span(disclaimer(sight, 0), Tone.QUIET), width),
    ]
    return [found[y] if y < len(found) else fit((), width) for y in range(height)]


def _values(sight: Sight, width: int) -> list[Row]:
    """Return every value in one row, or each in its own where that would break one."""
    always = (Measure.SPO2, Measure.PULSE_RATE)
    told = {measure for _, measure, site in sight.bed.readings if site is None}
    wanted = [measure for measure in Measure if measure in told or measure in always]
    texts = [plain(sight, measure, sight.best(measure)) for measure in wanted]
    texts += [text for text, _ in sites(sight)]
    joined = " · ".join(texts)
    texts = [joined] if cell_len(joined) < width else texts
    return [row for text in texts for row in _lines(Span(text, Tone.STRONG), width)]


def _calling(sight: Sight) -> Span | None:
    """Return the open calls where something else comes first."""
    calling = [item for item in items(sight)[1:] if isinstance(item.of, list)]
    return Span(calling[0].text(sight, UNBOUND), calling[0].tone) if calling else None


def _lines(span: Span | None, width: int) -> list[Row]:
    if span is None:
        return []
    lines = wrapped(span.text, width - 1)
    return [fit((Span(f" {line}", span.tone),), width, span.tone) for line in lines]
