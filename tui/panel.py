"""A part of the screen that is told what to show and draws exactly its cells."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.glyphs import Glyphs, drawn
from tui.sight import Sight
from tui.span import Row, fit
from tui.theme import STYLES

View = Callable[[Sight, int, int], list[Row]]
"""Sight, width and height in cells to rows; pure."""


class Panel(Widget):
    """A widget drawn by one view."""

    def __init__(self, view: View, *, id: str, glyphs: Glyphs) -> None:  # noqa: A002  Textual's
        super().__init__(id=id)
        self._view = view
        self._glyphs = glyphs
        self._sight: Sight | None = None
        self._rows: list[Row] = []
        self._room = Size()
        """What the rows were made for."""

    def look(self, sight: Sight) -> None:
        """Draw `sight`; nothing is sent to the terminal where nothing has changed.

        Before the screen is laid out, and after, there are no cells to draw.
        """
        self._sight, before = sight, self._rows
        if not self.size:
            self._room = Size()  # what was drawn before it was hidden is not what is shown next
            return
        self._make(sight)
        if self._rows != before:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one row in exactly the width of the widget, never one made for another size."""
        if self._sight is not None and self._room != self.size:
            self._make(self._sight)
        row = self._rows[y] if y < len(self._rows) else ()
        return strip(fit(row, self.size.width), self.size.width, self._glyphs)

    def _make(self, sight: Sight) -> None:
        self._room = self.size
        self._rows = self._view(sight, self.size.width, self.size.height)


def strip(row: Row, width: int, glyphs: Glyphs) -> Strip:
    """Return a row of `width` cells as Textual draws it, in signs that the terminal has."""
    return Strip([Segment(drawn(span.text, glyphs), STYLES[span.tone]) for span in row], width)
