"""How fast a gas goes, by a straight line through what a panel read of a cylinder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import StatisticsError, correlation, linear_regression

from msgspec import Struct

from checklists.gasrules import TrendRow
from checklists.ledger import Read


class Trend(Struct, frozen=True):
    """A falling line."""

    l_min: float
    """How much goes; above 0."""
    readings: int
    fit: float
    """The share of what changed that the line explains: 1 is a perfect line."""


def trend(reads: Iterable[Read], row: TrendRow, now: datetime) -> Trend | None:
    """Return how fast one cylinder empties; None where its readings do not say.

    The caller gives readings of one cylinder, none of them from before a change of what is in use.
    """
    since = now.astimezone(UTC) - timedelta(minutes=row.window_min)
    recent = [one for one in reads if one.sensed and since <= one.at <= now]
    if len(recent) < row.readings:
        return None
    minutes = [(one.at - since) / timedelta(minutes=1) for one in recent]
    if max(minutes) - min(minutes) < row.span_min:
        return None
    return _falling(minutes, [one.litres for one in recent])


def _falling(minutes: Sequence[float], litres: Sequence[float]) -> Trend | None:
    slope = linear_regression(minutes, litres).slope
    if not slope < 0:
        return None
    try:
        fit = correlation(minutes, litres) ** 2
    except StatisticsError:  # every reading alike, but for rounding
        return None
    return Trend(-slope, len(minutes), fit)
