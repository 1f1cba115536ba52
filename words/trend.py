"""What is said of what was measured over time."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TREND: Mapping[str, str] = MappingProxyType(
    {
        "trend.title": "Trend",
        "trend.hour": "1 hour",
        "trend.case": "case",
        "trend.day": "day",
        "trend.as_of": "as of {time}",
        "trend.waiting": "being fetched …",
        "trend.unanswered": "no answer from vagt",
        "trend.lost": "no connection to vagt",
        "trend.none": "no measurements",
        "trend.no_case": "no patient here then",
        "trend.refused": "vagt cannot show this",
        "trend.unreadable": "the history cannot be read",
        "trend.slow": "took too long: fewer hours",
        "trend.min": "min",
        "trend.max": "max",
        "trend.mean": "mean",
        "trend.more": "{count} more: ↑ ↓",
        "trend.keys": "T hour/case/day · ← → earlier, later · ↑ ↓ more · Esc",
        "trend.no_key": "That key does nothing here; Esc or F10 leads back",
    }
)
