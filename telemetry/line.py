"""InfluxDB line protocol (InfluxDB v2 documentation, Reference, Syntax, Line protocol)."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from telemetry.series import Point, Series

NS_OF_MS = 1_000_000
HEADS = 4096
"""Series whose beginning of a line is kept: a backlog is written while alarms are judged."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""What would end a line, or is no text on a screen or in UTF-8: one space stands for it."""


def line(point: Point, site: str) -> str:
    """Return a point as one line without its end: floats alone, time in ns.

    Tags without a value are left out, as the protocol asks. Raises ValueError where the value is
    no finite number: absence is no point.
    """
    if not math.isfinite(point.value):
        raise ValueError(f"{point.series.field}: {point.value} is no finite number")
    return f"{_head(point.series, site)}={float(point.value)!r} {point.at * NS_OF_MS}"


@lru_cache(HEADS)
def _head(series: Series, site: str) -> str:
    """Return what every line of a series begins with, up to the value."""
    tags = (("site", site), *series.tags)
    told = "".join(f",{_key(name)}={_key(text)}" for name, text in tags if _plain(text))
    return f"{_measurement(series.measurement)}{told} {_key(series.field)}"


def _measurement(text: str) -> str:
    return re.sub(r"[, ]", r"\\\g<0>", _plain(text))


def _key(text: str) -> str:
    """Return a tag's name or value, or a field's name: commas, equals and spaces are escaped."""
    return re.sub(r"[,= ]", r"\\\g<0>", _plain(text))


def _plain(text: str) -> str:
    r"""Return a text as one line; `/` stands for a backslash.

    The protocol cannot tell a backslash at the end, or before a sign that is escaped, from an
    escape (same page, Special characters).
    """
    return _BREAKS.sub(" ", text).replace("\\", "/")
