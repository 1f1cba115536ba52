"""Where a sink stands: its life writes it, whoever shows it reads it."""

from __future__ import annotations

from dataclasses import dataclass

from vitals.outward import Link

__all__ = ["Link", "Standing"]


@dataclass(slots=True)
class Standing:
    """One sink, as it stands just now."""

    link: Link = Link.CONNECTING
    error: str = ""
    """What was wrong last, in one line; empty when all is well."""
    sent: int = 0
    """Rows acknowledged since the start."""
    dead: int = 0
    """Rows that the server will never take, since the start."""
