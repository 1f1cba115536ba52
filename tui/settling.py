"""What becomes of a prompt as time passes: answers that never came, lines that were read; pure."""

from __future__ import annotations

from dataclasses import replace

from tui.prompt import (
    IDLE,
    Ask,
    Awaiting,
    EndArmed,
    Gate,
    Line,
    Listing,
    Morning,
    Note,
    Owner,
    Prompt,
    Trend,
    note,
)
from vitals.instant import Instant


def settled(prompt: Prompt, now: Instant) -> Prompt:
    """Return what `prompt` has become by `now`."""
    match prompt:
        case Awaiting(until=until, form=form) if now.monotonic > until:
            told = note("note.unanswered", now)
            return told if form is None else replace(form, told=told)
        case EndArmed(until=until) | Note(until=until) if now.monotonic > until:
            return IDLE
        case Gate(line=Awaiting() | Note() as line) | Listing(line=Awaiting() | Note() as line):
            return replace(prompt, line=_line(line, now))
        case Morning() | Trend() | Owner() if isinstance(prompt.line, Awaiting | Note):
            after = settled(prompt.line, now)
            left = _line(prompt.line, now)
            return after if isinstance(after, Ask) else replace(prompt, line=left)
        case _:
            return prompt


def _line(line: Line, now: Instant) -> Line:
    """Return what the line of something that stays open has become by `now`."""
    settles = settled(line, now)
    return settles if isinstance(settles, Awaiting | Note) else IDLE
