"""InfluxDB line protocol (InfluxDB v2 documentation, Reference, Syntax, Line protocol)."""

from __future__ import annotations

import math
import re

from telemetry.series import Point

NS_OF_MS = 1_000_000
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
"""What would end a line, or cannot be told on a screen: one space stands for it."""


def line(point: Point, site: str) -> str:
    """Return a point as one line without its end: floats alone, time in ns.

    Tags without a value are left out, as the protocol asks. Raises ValueError where the value is
    no finite number: absence is no point.
    """
    if not math.isfinite(point.value):
        raise ValueError(f"{point.series.field}: {point.value} is no finite number")
    series = point.series
    tags = (("site", site), *series.tags)
    told = "".join(f",{_key(name)}={_key(text)}" for name, text in tags if _plain(text))
    head = f"{_measurement(series.measurement)}{told}"
    return f"{head} {_key(series.field)}={float(point.value)!r} {point.at * NS_OF_MS}"


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
