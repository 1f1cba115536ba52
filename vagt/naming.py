"""What a pack is taken in under: a row of the minimum stock by its whole name, or its own name."""

from __future__ import annotations

from daemon.protocol.naming import exactly
from daemon.protocol.practice import Stock


def item(stock: Stock, said: str) -> str:
    """Return the id of the row whose name in any language, or id, is said; else what is said."""
    found = exactly(stock.rows, said)
    return found[0].item if len(found) == 1 else said
