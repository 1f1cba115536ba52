"""What may be planned, as the daemon tells it of the rules that ship."""

from __future__ import annotations

from datetime import date
from functools import cache

from daemon.library import load
from daemon.offered import offered
from daemon.protocol.procedures import Procedures

DAY = date(2026, 11, 21)


@cache
def planable() -> Procedures:
    return offered(load(), DAY)
