"""The help of the morning view: what each key of the part that is shown does; pure."""

from __future__ import annotations

from tui.message import pages
from tui.packing import packed
from tui.prompt import Morning
from tui.sight import Sight
from tui.span import Row, Span, Tone

_THROUGH = frozenset("A!")
"""What acts through the help too: it never stands before an alarm or an emergency."""
_APART = " | "
"""Between the keys in the words of a part."""


def helped(sight: Sight) -> bool:
    """Tell whether help may lie over what is open: over the morning view, while nothing is typed.

    Elsewhere the keys of a question act, and are not to act unseen.
    """
    prompt = sight.prompt
    return isinstance(prompt, Morning) and prompt.scan is None and not prompt.when


def count(sight: Sight) -> int:
    """Return how many pages of help there are: over the morning view, one."""
    return 1 if helped(sight) else pages(sight)


def closed(sight: Sight, sign: str) -> bool:
    """Tell whether a key does nothing but close the help: what it would act on is not seen.

    Function keys say nothing of what is chosen.
    """
    through = sign.upper() in _THROUGH or (sign[:1] == "f" and sign[1:].isdigit())
    return bool(sight.helping) and helped(sight) and not through


def guide(sight: Sight, prompt: Morning, width: int, height: int) -> list[Row]:
    """Return the keys of the part that is shown, then those of every part, in few rows."""
    part = prompt.part.value
    told = (sight.words.text(f"help.day_{name}") for name in (part, "every"))
    parts = [_entry(text) for line in told for text in line.split(_APART)]
    title: Row = (Span(f" {sight.words.text(f'part.{part}')} · F1", Tone.STRONG),)
    rows = packed(parts, width - 2, height - 1)[0]
    return [title, *((Span(" "), *row) for row in rows)]


def _entry(text: str) -> Row:
    """Return `Space: this row in order`, its key before the rest."""
    key, apart, does = text.partition(": ")
    return (Span(key, Tone.STRONG), Span(f"{apart}{does}"))
