"""When something that is said was so: at a time of the clock as it was typed, or so long ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import structs

from checklists.entry import Entry, placed
from daemon.clock import local_time
from daemon.protocol.commands import A_WEEK_S, Enter
from daemon.protocol.messages import Refusal
from daemon.protocol.saying import OLDEST_DAYS, Do
from daemon.refused import RefusedError
from monitoring.case import Case
from vitals.against import Line
from vitals.instant import Instant

MINUTE = timedelta(minutes=1)
A_DAY_S = 86_400.0
A_TICK_S = 0.001
"""What a journal still tells apart."""


def when(asked: Do, said: Iterable[Entry], now: Instant, jump_s: float) -> datetime:
    """Return the moment of what is said, by the clock on the wall; raises RefusedError.

    A time of the clock is kept as it was typed: taken off a clock that runs, two of the same minute
    would lie as chance has it. What is said comes after everything in `said` of the same moment:
    of the same minute where a minute was typed, else of the same `jump_s`, within which the clocks
    of two programs are one.
    """
    if asked.at is None:
        at = local_time(Instant(now.monotonic - asked.ago_s, now.wall - asked.ago_s))
        return placed(at, at + timedelta(seconds=jump_s), _past(said, now))
    ago_s = since(asked.at, now, jump_s)
    if ago_s > OLDEST_DAYS * A_DAY_S:
        detail = f"{asked.at:%Y-%m-%d} is too long ago: say a day at most {OLDEST_DAYS} days ago"
        line = Line.of(detail, "too_old", when=asked.at.date(), days=OLDEST_DAYS)
        raise RefusedError(Refusal.BAD_TIME, line, against=line.against)
    at = min(asked.at.astimezone(), local_time(now))
    whole = (at.second, at.microsecond) == (0, 0)
    return placed(at, at + (MINUTE if whole else timedelta(seconds=jump_s)), _past(said, now))


def dated(asked: Enter, now: Instant, jump_s: float) -> Enter:
    """Return what is said of a case with how long ago that was; raises RefusedError."""
    if asked.at is None:
        return asked
    ago_s = since(asked.at, now, jump_s)
    if ago_s > A_WEEK_S:
        detail = f"{asked.at:%Y-%m-%d} is too long ago: say a time of the last seven days"
        raise RefusedError(Refusal.BAD_TIME, detail)
    return structs.replace(asked, ago_s=ago_s, at=None)


def following(case: Case, ago_s: float, now: Instant, jump_s: float) -> float:
    """Return how many s ago something was: after what was said of that moment before it.

    A time that is taken off two clocks is never the same twice; within `jump_s` it is.
    """
    at = now.monotonic - ago_s
    told = (one.at.monotonic for one in case.entries)
    last = max((one for one in told if at < one < at + jump_s), default=None)
    after_s = ago_s if last is None else now.monotonic - last - A_TICK_S
    return after_s if after_s > 0 else ago_s


def since(at: datetime, now: Instant, jump_s: float) -> float:
    """Return how many s ago a time of the clock is; RefusedError for one that lies ahead."""
    ago_s = now.wall - at.timestamp()
    if ago_s < -jump_s:
        when = f"{at:%Y-%m-%d %H:%M}"
        line = Line.of(f"{when} has not come yet: say a time that has been", "not_come", when=when)
        raise RefusedError(Refusal.BAD_TIME, line, against=line.against)
    return max(0.0, ago_s)


def _past(said: Iterable[Entry], now: Instant) -> Iterable[Entry]:
    """Return what is not of later than now: the clock may have been set back."""
    end = local_time(now)
    return (one for one in said if one.at <= end)
