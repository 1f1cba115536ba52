"""A month's reports filed from the month: when that is asked, and what came of it; pure."""

from __future__ import annotations

from daemon.protocol.export import Exported
from tui.prompt import Owner
from tui.sight import Sight
from tui.topic import Filing

AGAIN_S = 0.5
"""So often it is asked for what still is being made."""


def due(sight: Sight, filing: Filing) -> bool:
    """Tell whether it is to be asked for now: it was not yet, or it is still being made."""
    if filing.sent is None:
        return True
    told = sight.months.exported
    pending = told is not None and told.id == filing.request and told.pending
    return pending and sight.now.monotonic - filing.sent >= AGAIN_S


def left(sight: Sight, prompt: Owner) -> Filing | None:
    """Return what is still being made when a key is pressed; what was told has been read."""
    return prompt.filing if _waits(sight, prompt.filing) else None


def said(sight: Sight, prompt: Owner) -> str:
    """Return what came of it; empty where nothing was asked, it was refused, or vagt was gone."""
    told = sight.months.exported
    if _waits(sight, prompt.filing):
        return sight.words.text("owner.exporting")
    if prompt.filing is None or told is None or told.id != prompt.filing.request:
        return ""
    return _came(sight, told)


def _waits(sight: Sight, filing: Filing | None) -> bool:
    """Tell whether an answer is still to come, on this connection."""
    if filing is None or filing.sent is None:
        return filing is not None
    months = sight.months
    lost = months.greeted is not None and months.greeted.monotonic > filing.sent
    if lost or months.refused == filing.request:
        return False
    told = months.exported
    return told is None or told.id != filing.request or told.pending


def _came(sight: Sight, told: Exported) -> str:
    words = sight.words
    if not told.folder:
        return words.text("owner.nowhere")
    if not told.files:
        return words.text("owner.unexported", detail=told.detail)
    first, *more = told.files
    if not more:
        return words.text("owner.exported", first=first, folder=told.folder)
    return words.text("owner.exported_more", first=first, count=len(more), folder=told.folder)
