"""What there is to say of an entry that was taken all the same, beside the word of its flag."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FLAGGED: Mapping[str, str] = MappingProxyType(
    {
        "flagged.out_of_order": (
            "It does not fit the course at that time: it is kept, and X corrects it"
        ),
        "flagged.named": "What is written is kept and stands in reports: say it without a name",
    }
)
"""Flags that say all themselves have no words here."""
