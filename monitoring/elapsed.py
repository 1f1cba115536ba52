"""A duration as it is typed: minutes `60.5`, or minutes and seconds `60:30`; kept exactly."""

from __future__ import annotations

import re
from fractions import Fraction

A_MINUTE = 60
LONGEST = 24 * 60 * A_MINUTE
"""Seconds. Longer than a day is a slip of the hand, not an anaesthetic."""

_FORM = re.compile(r"([0-9]{1,9})(?:(\.[0-9]{1,9})|:([0-5][0-9](?:\.[0-9]{1,9})?))?")
_BELOW = re.compile(r"-[0-9][0-9.:]*")


class ElapsedError(Exception):
    """A duration that cannot be read; the message says how to write it."""


def elapsed(text: str) -> Fraction:
    """Return the duration that `text` names, in s, or raise ElapsedError.

    Exact, because 60:00 and 60:00.001 belong to different services.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        wrong = "are below zero" if _BELOW.fullmatch(text.strip()) else "cannot be read"
        raise ElapsedError(f"minutes {text!r} {wrong}: write 60, 60.5 or 60:30")
    whole, decimals, rest = match.groups()
    seconds = Fraction(whole + (decimals or "")) * A_MINUTE + Fraction(rest or 0)
    if seconds > LONGEST:
        raise ElapsedError(f"minutes {text!r} are longer than a day: write 60, 60.5 or 60:30")
    return seconds
