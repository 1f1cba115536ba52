"""What a verb asks a person at a terminal; where nobody sits at one, nothing is asked."""

from __future__ import annotations

import sys

from vagt import output

YES = frozenset({"y", "yes", "j", "ja"})
"""In English, Danish and Norwegian."""


def at_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin.isatty()


def agreed(question: str) -> bool:
    """Ask a question and tell whether the answer was yes; anything else is no."""
    output.question(f"{question} [y/N] ")
    return sys.stdin.readline().strip().lower() in YES
