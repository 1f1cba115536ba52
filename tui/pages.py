"""The page that lies over the waves of a bed, whichever it is; pure."""

from __future__ import annotations

from tui.morning import morningview
from tui.owner import ownerview
from tui.prompt import Morning, Owner, Trend, page_of
from tui.sight import Sight
from tui.span import Row, fit
from tui.trendview import trendview


def pageview(sight: Sight, width: int, height: int) -> list[Row]:
    """Return `height` rows of the page that is open; empty ones where none is."""
    match page_of(sight.prompt):
        case Morning():
            return morningview(sight, width, height)
        case Owner():
            return ownerview(sight, width, height)
        case Trend():
            return trendview(sight, width, height)
        case None:
            return [fit((), width) for _ in range(height)]
