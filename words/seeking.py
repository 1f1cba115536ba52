"""What is said while a procedure is looked up and a patient planned."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SEEKING: Mapping[str, str] = MappingProxyType(
    {
        "seek.title": "New anaesthetic",
        "seek.title_block": "New treatment",
        "seek.procedure": "Procedure",
        "seek.keys": "↑ ↓ · Enter · Esc",
        "seek.how": "The beginning of a word of the procedure, or a number: 3009, 3021, 2635",
        "seek.line": "Or in one line: 4 3022 = age and code · 3009 3057 4y = procedures and age",
        "seek.none": "Nothing is called so",
        "seek.usual": "Enter: {age}, {code}",
        "seek.by_site": "by the site",
        "seek.reasoned": "a medical judgement is to be stated",
        "seek.requires": "Required: {watched}",
        "seek.nothing": "Required: no monitor",
        "seek.from": "from {time} {more}",
        "seek.also": "also {watched}",
        "seek.more": "{key} = one more",
        "seek.site": "Site",
        "seek.age": "4 = years · 8m = months · 20d = days · ddmmyy = date of birth (not kept)",
    }
)
