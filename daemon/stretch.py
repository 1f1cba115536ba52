"""From when to when a trend is: an hour, a case or a day of a bed, so many steps ago."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil, floor

from daemon.clock import local_midnight, local_time
from daemon.protocol.messages import Refusal
from daemon.protocol.trend import Span, Trended
from daemon.refused import RefusedError
from daemon.stays import Stay
from telemetry.history import Asked, bounds
from vitals.instant import Instant

HOUR_MS = 3_600_000
DAY = timedelta(days=1)
PART_MS = 10_000
"""Shorter parts would be empty between two breaths, and show gaps where there were none."""
LEAST_MS = 600_000
"""A case that has just begun is drawn as if it had so long."""
LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Milliseconds since 1970 UTC, the last not with it."""

    since: int
    until: int
    case: str | None = None
    hours_to: int | None = None
    """Whole hours are cut off where nothing was measured: in front, and behind this moment."""

    def columns(self, most: int) -> int:
        """Return into how many parts it is cut."""
        return max(1, min(most, (self.until - self.since) // PART_MS))

    def trimmed(self, connection: sqlite3.Connection, asked: Asked) -> Stretch:
        """Return it without the whole hours in front and behind in which nothing was measured."""
        if self.hours_to is None or (found := bounds(connection, asked)) is None:
            return self
        low, high = found[0], max(found[1], self.hours_to)
        since = self.since + (low - self.since) // HOUR_MS * HOUR_MS
        until = self.since + (1 + (high - self.since) // HOUR_MS) * HOUR_MS
        return replace(self, since=since, until=min(self.until, until))


def stretch(asked: Trended, beds: tuple[str, ...], there: list[Stay], now: Instant) -> Stretch:
    """Return the stretch that is asked for; RefusedError where there can be none."""
    if asked.bed not in beds:
        raise RefusedError(Refusal.UNKNOWN_BED, f"bed: no bed {asked.bed!r}; {', '.join(beds)}")
    if asked.since is not None or asked.until is not None:
        return _between(asked.since, asked.until)
    match asked.span:
        case Span.HOUR:
            until = round(now.wall * 1000) - asked.back * HOUR_MS // 2
            return Stretch(until - HOUR_MS, until)
        case Span.CASE:
            return _case(there, asked.back, now)
        case Span.DAY:
            return _day(asked.back, now)


def _between(since: datetime | None, until: datetime | None) -> Stretch:
    if since is None or until is None:
        raise RefusedError(Refusal.BAD_TIME, "since, until: both, or a span in their place")
    if not timedelta(0) < until - since <= LONGEST:
        said = f"until: after since, and at most {LONGEST.days} days later"
        raise RefusedError(Refusal.BAD_TIME, said)
    return Stretch(round(since.timestamp() * 1000), round(until.timestamp() * 1000))


def _case(there: list[Stay], back: int, now: Instant) -> Stretch:
    if back >= len(there):
        raise RefusedError(Refusal.NO_CASE, f"back: {len(there)} cases are known of this bed")
    stay = there[back]
    since, until = floor(stay.since * 1000), ceil(stay.lasted(now) * 1000)
    return Stretch(since, max(until, since + LEAST_MS), stay.case.number)


def _day(back: int, now: Instant) -> Stretch:
    day = local_time(now).date() - back * DAY
    since, until = (round(local_midnight(one) * 1000) for one in (day, day + DAY))
    return Stretch(since, until, hours_to=since if back else round(now.wall * 1000))
