"""Shorter words, for where there is little room; and of one, which is not said as of many."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FITTING: Mapping[str, str] = MappingProxyType(
    {
        "use.short": "Supplement, not CE-marked: the monitors' own alarms must stay on",
        "use.shortest": "Not CE-marked. The monitors' alarms must stay on",
        "gate.held_one": "1 to make sure of",
        "help.pages": "Help {page}/{pages} · F1 {then} · Esc",
        "help.then_more": "more",
        "help.then_close": "closes",
    }
)
