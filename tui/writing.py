"""Keys that write a patient into the day list, and mend the lines that were refused; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from daemon.protocol.messages import Answer
from tui.day import LONGEST as LONGEST_DAY
from tui.day import SIGNS
from tui.fields import Field
from tui.forms import SITES
from tui.prompt import IDLE, Listing, Query
from tui.sight import Sight
from vitals.listing import Slip

SITE = Field("site", SITES)
"""Where procedures may be, where they alone do not decide the service."""
LONGEST = 160
_EITHER = re.compile(r"(?<![^\s;,+])[01](?![^\s;,+])")
"""A bare 0 or 1 between blanks."""


def begun(prompt: Listing) -> Listing:
    """Return the list with an empty line to write in."""
    return replace(left(prompt), query=Query.LINE)


def left(prompt: Listing) -> Listing:
    """Return the list with nothing asked; from the sites it leads back to the line."""
    if prompt.query is Query.SITE:
        return replace(prompt, query=Query.LINE)
    return Listing(prompt.row, prompt.ahead)


def typed(prompt: Listing, text: str) -> Listing:
    """Return the line with text put behind what is typed."""
    return replace(prompt, typed=(prompt.typed + text)[:LONGEST], unclear=False)


def pressed(sight: Sight, prompt: Listing, sign: str) -> Listing | None:
    """Return the line after a key; nothing is asked any more once it is to be sent."""
    if prompt.query is Query.SITE:
        return _sited(sight, prompt, sign)
    if sign == "enter":
        return _entered(prompt)
    if sign == "backspace":
        return replace(prompt, typed=prompt.typed[:-1], unclear=False)
    return typed(prompt, sign) if len(sign) == 1 else None


def dated(prompt: Listing, sign: str) -> Listing | None:
    """Return the day after one more sign."""
    if sign == "backspace":
        return replace(prompt, typed=prompt.typed[:-1], unclear=False)
    if len(sign) != 1 or sign not in SIGNS:
        return None
    return replace(prompt, typed=(prompt.typed + sign)[:LONGEST_DAY], unclear=False)


def refused(prompt: Listing, answer: Answer) -> Listing:
    """Return the first line that cannot be taken, as it was typed, with what is wrong with it."""
    if not answer.lines:
        return replace(prompt, query=Query.LINE, typed=prompt.lines[prompt.at], slip=None)
    bad = answer.lines[0]
    at = min(len(prompt.lines), bad.line) - 1
    query = Query.SITE if bad.slip is Slip.NO_SITE else Query.LINE
    return replace(prompt, query=query, at=at, typed=prompt.lines[at], slip=bad.slip, line=IDLE)


def either(text: str) -> str:
    """Return the age in a line that may be months as well as years."""
    found = _EITHER.search(text)
    return found[0] if found else ""


def _entered(prompt: Listing) -> Listing:
    lines = (*prompt.lines[: prompt.at], prompt.typed, *prompt.lines[prompt.at + 1 :])
    if not "".join(lines).strip():
        return replace(prompt, unclear=True)
    return replace(prompt, lines=lines, query=None, slip=None)


def _sited(sight: Sight, prompt: Listing, sign: str) -> Listing | None:
    """Return the line with the site that was picked, ready to be sent."""
    picked = (one.value for one in SITE.options(sight) if one.key == sign.lower())
    site = next(picked, None)
    if site is None:
        return None
    return _entered(replace(prompt, typed=f"{site} {prompt.typed}"))
