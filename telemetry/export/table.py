"""History as a table: RFC 4180, one point a row, the times in UTC."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from telemetry.series import Point
from vitals.instant import Instant

TAGS = ("bed", "device", "origin")
MORE = ("agent", "gas", "quality", "kind")
HEADINGS = ("at", *TAGS, "measure", *MORE, "value", "unit")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(points: Iterable[Point], file: TextIO) -> int:
    """Write points to a file opened with `newline=""`; return how many there were."""
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    count = 0
    for count, point in enumerate(points, 1):  # noqa: B007 - the last number is how many
        writer.writerow(_row(point))
    return count


def _row(point: Point) -> tuple[str, ...]:
    series = point.series
    told = (_cell(series.tag(name)) for name in TAGS)
    more = (_cell(series.tag(name)) for name in MORE)
    value = f"{point.value:.0f}" if float(point.value).is_integer() else repr(point.value)
    at = Instant(0.0, point.at / 1000).rfc3339()
    return (at, *told, series.field, *more, value, series.unit)


def _cell(text: str) -> str:
    """Return a text that a spreadsheet takes for a text: none begins as a formula does."""
    return f"'{text}" if text.startswith(_FORMULA) else text
