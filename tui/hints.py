"""What the keys of the morning view do just now, and the time that is typed before one; pure."""

from __future__ import annotations

from tui.checklist import rows_of
from tui.prompt import Morning
from tui.sheet import CURSOR
from tui.sight import Sight
from tui.span import Row, Span, Tone


def hints(sight: Sight, prompt: Morning) -> Row:
    """Return the time that is typed, or the keys of what is shown."""
    words = sight.words
    if prompt.when:
        title = words.text("prompt.when", typed=f"{prompt.when}{CURSOR}")
        hint = words.text("prompt.when_unclear" if prompt.unclear else "morning.then")
        return (Span(f" {title}", Tone.STRONG), Span(f"  {hint}"))
    return (Span(f" {words.text(f'morning.{_name(sight, prompt)}')}"),)


def _name(sight: Sight, prompt: Morning) -> str:
    if prompt.scan is not None:
        return "keys_scan"
    if prompt.opened is None:
        return f"keys_{prompt.part.value}"
    rows = rows_of(sight, prompt.opened)
    waits = any(row.open for row in rows)
    whole = all(row.id in prompt.opened.seen for row in rows)
    if waits and not whole:
        return "keys_unseen"
    return "keys_group" if waits else "keys_over"
