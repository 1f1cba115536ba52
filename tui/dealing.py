"""How cards lie: how many side by side, how high, and which of them have no room; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from tui.sight import Sight
from tui.span import GAP
from tui.ward import calling

LEAST_CELLS, MOST_ROWS = 38, 24
"""A card is at least so wide where there is room, and has no more rows."""
LEAST_ROWS = 3
"""In fewer a card has no words of where its patient stands."""
MARKED = len("▸") + len("!!!") + 1 + GAP
"""Cells of the first row of a card beside the name of its bed: what chooses it, and a mark."""
APART = 2
"""Cells between two cards."""


@dataclass(frozen=True, slots=True)
class Deal:
    """The cards that are shown, and their size."""

    shown: Sequence[Sight]
    across: int
    """So many side by side."""
    wide: int
    tall: int
    left: Sequence[Sight] = ()
    """The beds that have no card, the worst first."""

    def at(self, x: int, y: int) -> Sight | None:
        """Return the bed whose card is at a cell; None where none is."""
        across, down = x // (self.wide + APART), y // self.tall
        number = down * self.across + across
        between = x % (self.wide + APART) >= self.wide
        inside = x >= 0 and y >= 0 and across < self.across and not between
        return self.shown[number] if inside and number < len(self.shown) else None


def dealt(sight: Sight, found: Sequence[Sight], width: int, height: int) -> Deal:
    """Return how cards lie in `height` rows: every bed has one as long as there is any way.

    What is the matter changes nothing of it: no card goes elsewhere because of an alarm's words.
    Where rows are too few those with an alarm keep their card, and of the others those have one
    that stand beside the chosen.
    """
    for least in (_roomy(found), _tight(found)):
        across = _columns(found, width, least)
        bands = -(-max(1, len(found)) // across)
        if bands <= height:
            across = -(-max(1, len(found)) // bands)
            tall = min(MOST_ROWS, height // bands)
            return Deal(found, across, _share(width, across), tall)
    across = _columns(found, width, _tight(found))
    seats = across * max(0, height)
    shown = _seated(sight, found, seats)
    left = [one for one in found if one not in shown]
    return Deal(shown, across, _share(width, across), 1, left)


def _seated(sight: Sight, found: Sequence[Sight], seats: int) -> Sequence[Sight]:
    """Return the beds that have a card: whose alarms and calls first, then a page of the others."""
    pressing = sum(bool(one.bed.alarms) or calling(one) for one in found)
    room = max(1, seats - pressing)
    kept = max(0, seats - room)
    first, others = found[:kept], found[kept:]
    names = [one.bed_name for one in others]
    at = names.index(sight.bed_name) if sight.bed_name in names else 0
    start = at // room * room
    return [*first, *others[start : start + room]] if seats > 0 else []


def _columns(found: Sequence[Sight], width: int, least: int) -> int:
    """Return how many cards of at least so many cells stand side by side."""
    return max(1, min(len(found), (width + APART) // (least + APART)))


def _share(width: int, across: int) -> int:
    """Return the cells of each of `across` cards."""
    return max(1, (width - APART * (across - 1)) // across)


def _roomy(found: Sequence[Sight]) -> int:
    """Return the cells of a card in which numbers and words have room."""
    return max(LEAST_CELLS, _tight(found))


def _tight(found: Sequence[Sight]) -> int:
    """Return the cells that beds take with a mark: as many whether or not one has an alarm."""
    return max((cell_len(one.bed_name or "") for one in found), default=0) + MARKED
