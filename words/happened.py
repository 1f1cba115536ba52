"""What happened last, where an event has more to say than its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HAPPENED: Mapping[str, str] = MappingProxyType(
    {
        "event.typed": "{measure} {value} typed in",
    }
)
