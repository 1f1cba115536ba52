"""How often is how often: when what was done falls due again, and which interval asks less."""

from __future__ import annotations

from datetime import date, timedelta

from vitals.months import months_after
from vitals.practice import Interval

_DAYS = {Interval.DAY: 1, Interval.WEEK: 7}
_MONTHS = {Interval.MONTH: 1, Interval.YEAR: 12}
TIMED = frozenset({*_DAYS, *_MONTHS})
"""What falls due by the calendar; the others by a case, or by something that happens."""
_OFTEN = (Interval.CASE, Interval.DAY, Interval.WEEK, Interval.MONTH, Interval.YEAR)


def again(done: date, interval: Interval) -> date:
    """Return the day on which what was done on a day falls due again, by a timed interval."""
    if interval in _DAYS:
        return done + timedelta(days=_DAYS[interval])
    return months_after(done, _MONTHS[interval])


def rarer(theirs: Interval, ours: Interval) -> bool:
    """Tell whether one interval asks less often than another, or nobody can say which does."""
    if theirs is ours:
        return False
    if theirs not in _OFTEN or ours not in _OFTEN:
        return True
    return _OFTEN.index(theirs) > _OFTEN.index(ours)
