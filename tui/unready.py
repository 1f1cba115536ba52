"""What keeps a kit from being ready, where the start check asks for it; pure."""

from __future__ import annotations

from rich.cells import cell_len

from daemon.protocol.cases import GateItem, GateState
from tui.sight import Sight

_APART = ", "
_MORE = "+"
"""Before how many reasons are not named."""


def unready(sight: Sight, item: GateItem, room: int) -> str:
    """Return `udstyr ikke klart: Adrenalin: udløbet (kuffert) +4`: as many as fit in `room` cells.

    Empty for every other point, and for a kit that is ready or of which nothing is said.
    """
    if item.id != "kit" or item.state is GateState.DONE or not item.detail:
        return ""
    own = sight.words.named("gate", f"kit.{item.detail}")
    if own != f"kit.{item.detail}":
        return own
    names, more = sight.words.unready(item.detail)
    texts = [
        _text(sight, names[:kept], more + len(names) - kept) for kept in range(len(names), 0, -1)
    ]
    return next((text for text in texts if cell_len(text) <= room), texts[-1])


def _text(sight: Sight, names: list[str], more: int) -> str:
    told = _APART.join(names) + (f" {_MORE}{more}" if more else "")
    return sight.words.text("gate.unready", detail=told)
