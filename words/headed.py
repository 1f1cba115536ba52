"""A line that begins with a name: in a capital, unless its name is spelt without one."""

from __future__ import annotations


def headed(text: str) -> str:
    """Return a text as a line begins: `Ilt`; `i-gel` and `pH` stay as they are spelt."""
    return text[:1].upper() + text[1:] if text[1:2].islower() else text
