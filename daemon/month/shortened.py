"""A month as a dashboard is told of it: what is bounded is cut short, and the rest counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct, structs

from daemon.protocol.month import DayLine, Month, PlaceDay

MONTH = {"cases": 600, "cancelled": 60, "holes": 40}
STANDING = {
    "packs": 60,
    "machines": 60,
    "supplies": 30,
    "cylinders": 60,
    "papers": 40,
    "overdue": 60,
}
RUNS, REASONS = 12, 6
"""So many of each are told; of lists in a day, and of reasons at a place, the worst first."""
Part = TypeVar("Part", bound=Struct)


def shortened(whole: Month) -> Month:
    """Return a month that has room in an answer."""
    standing, less = _cut(whole.standing, STANDING)
    told, more = _cut(whole, MONTH)
    days = tuple(_day(one) for one in told.days)
    return structs.replace(told, standing=standing, days=days, more=more | less)


def _cut(whole: Part, most: Mapping[str, int]) -> tuple[Part, dict[str, int]]:
    """Return the first rows of what is bounded, and how many of each are left out."""
    rows = {name: getattr(whole, name) for name in most}
    short = structs.replace(whole, **{name: rows[name][: most[name]] for name in most})
    left = {name: len(rows[name]) - most[name] for name in most}
    return short, {name: count for name, count in left.items() if count > 0}


def _day(day: DayLine) -> DayLine:
    places = tuple(_place(one) for one in day.places)
    return structs.replace(day, places=places, lists=day.lists[:RUNS])


def _place(place: PlaceDay) -> PlaceDay:
    left = len(place.reasons) - REASONS
    return structs.replace(place, reasons=place.reasons[:REASONS], more=max(0, left))
