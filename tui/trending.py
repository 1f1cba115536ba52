"""Keys of the trend, and what is asked for while it is open: pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from daemon.protocol.trend import COLUMNS, FARTHEST, Span, Trended
from tui.commands import Asker
from tui.history import Wanted
from tui.prompt import IDLE, Idle, Trend, page_of
from tui.raster import DOTS_WIDE
from tui.sight import Reach, Sight

AROUND = 30
"""Cells beside a lane: its name and its figures."""
_TURNS: Mapping[str, int] = {"t": 1, "T": 1, "tab": 1, "shift+tab": -1}
_WIDER: Mapping[str, int] = {"+": -1, "-": 1}
_BACK: Mapping[str, int] = {"left": 1, "right": -1}
_STEPS: Mapping[str, int] = {"up": -1, "down": 1, "pageup": -3, "pagedown": 3}


def pressed(prompt: Trend, sign: str, lanes: int) -> Trend | Idle | None:
    """Return what a key leads to; None for one that the trend has no use for."""
    if sign == "escape":
        return IDLE
    return _moved(replace(prompt, line=IDLE), sign, lanes)


def _moved(prompt: Trend, sign: str, lanes: int) -> Trend | None:
    if sign in _TURNS:
        spans = list(Span)
        turned = spans[(spans.index(prompt.span) + _TURNS[sign]) % len(spans)]
        return replace(prompt, span=turned, back=0)
    if sign in _WIDER:
        return _wider(prompt, _WIDER[sign])
    if sign in _BACK:
        return replace(prompt, back=max(0, min(FARTHEST, prompt.back + _BACK[sign])))
    if sign in _STEPS:
        return replace(prompt, top=max(0, min(lanes - 1, prompt.top + _STEPS[sign])))
    return None


def wanted(sight: Sight, prompt: Trend) -> Wanted:
    """Return what the trend is of."""
    return sight.bed_name or "", prompt.span, prompt.back


def request(sight: Sight, width: int, who: Callable[[], Asker]) -> Trended | None:
    """Return what is to be asked for just now, for a page of so many cells."""
    prompt = page_of(sight.prompt)
    if not isinstance(prompt, Trend) or sight.reach is not Reach.LIVE or not width:
        return None
    columns = max(1, min(COLUMNS, DOTS_WIDE * (width - AROUND)))
    if not sight.history.due(wanted(sight, prompt), columns, sight.now):
        return None
    asker, (bed, span, back) = who(), wanted(sight, prompt)
    return Trended(f"trend-{asker.number}", asker.by, bed, span, back, columns=columns)


def _wider(prompt: Trend, by: int) -> Trend:
    """Return the next span; the longest and the shortest stay."""
    spans = list(Span)
    there = max(0, min(len(spans) - 1, spans.index(prompt.span) + by))
    return replace(prompt, span=spans[there], back=0)
