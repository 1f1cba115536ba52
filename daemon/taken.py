"""What the daemon took of a command."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from vitals.vocabulary import Flag


@dataclass(frozen=True, slots=True)
class Taken:
    """It is in effect; what there is to tell of it beside that."""

    done: asyncio.Future[None]
    """Done once it is on disk."""
    case: str | None = None
    rows: tuple[int, ...] = ()
    """Of a list: those that were put there, or the one that was taken."""
    flags: tuple[Flag, ...] = ()
    """Of an entry that was taken all the same."""
    remark: str = ""
    """Why it has them, in one English line."""
    holds: tuple[str, ...] = ()
    """What will hold the start of what was planned, by name."""
    sources: tuple[str, ...] = ()
    became: str = ""
    """The word of the entry that an emergency start became."""
