"""The time typed before an entry: `-2` is two minutes ago, `10:31` is at that time; pure."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from tui.prompt import When
from tui.sight import Sight

SIGNS = "0123456789:.-"
BEGINS = SIGNS.replace(":", "").replace(".", "")
LONGEST = 5
RECENT_S = 43200.0
"""A time of day is the last one that was, and no longer ago than this."""
_AGO = re.compile(r"-([0-9]{1,3})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})")
_MINUTE_S = 60.0


def typed(prompt: When, sign: str) -> When:
    """Return the time after one more sign."""
    return When((prompt.typed + sign)[:LONGEST])


def moment(sight: Sight, text: str) -> float | None:
    """Return a typed time in monotonic s; None where it is none that has been."""
    if ago := _AGO.fullmatch(text):
        return sight.now.monotonic - int(ago[1]) * _MINUTE_S
    clock = _time(text)
    if clock is None:
        return None
    now = sight.local(sight.now.wall)
    then = datetime.combine(now.date(), clock, now.tzinfo)
    if then > now:
        then -= timedelta(days=1)
    ago_s = (now - then).total_seconds()
    return sight.now.monotonic - ago_s if ago_s <= RECENT_S else None


def _time(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
