"""Parts laid side by side in rows, each of them whole; those that find no room are counted."""

from __future__ import annotations

from collections.abc import Sequence

from tui.span import Row, Span, Tone, width_of

APART = 3
"""Cells between two parts."""


def packed(parts: Sequence[Row], width: int, height: int) -> tuple[list[Row], int]:
    """Return at most `height` rows, and how many parts they do not hold: the last says `+2`."""
    for kept in range(len(parts), -1, -1):
        left = len(parts) - kept
        count: Row = (Span(f"+{left}", Tone.STRONG),) if left else ()
        rows = _rows(parts[:kept], width)
        if count and rows and width_of(rows[-1]) + APART + width_of(count) <= width:
            rows[-1] = (*rows[-1], Span(" " * APART), *count)
        elif count:
            rows.append(count)
        if len(rows) <= height:
            return rows, left
    return [], len(parts)


def _rows(parts: Sequence[Row], width: int) -> list[Row]:
    """Return each part in the first row that has room for it."""
    rows: list[Row] = []
    for part in parts:
        wanted = APART + width_of(part)
        place = next((n for n, row in enumerate(rows) if width_of(row) + wanted <= width), None)
        if place is None:
            rows.append(part)
        else:
            rows[place] = (*rows[place], Span(" " * APART), *part)
    return rows
