"""The two last rows: what is asked or was answered, and what the keys do."""

from __future__ import annotations

from tui.age import Unclear
from tui.choice import choice
from tui.prompt import AskAge, Awaiting, Choose, EndArmed, Idle, Note
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of

KEYS = (
    ("A", "acknowledge"),
    ("N", "new"),
    ("S", "end"),
    ("W", "wave"),
    ("F3", "move"),
    ("F2", "language"),
    ("F1", "help"),
    ("Q", "quit"),
)
"""Each key and the id of its words under `key` and `help`."""


def promptrow(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the one line that a person is asked or answered in."""
    del height
    if isinstance(sight.prompt, Choose):
        return [choice(sight, sight.prompt, width)]
    return [fit((Span(" "), *_prompt(sight)), width)]


def keyrow(sight: Sight, width: int, height: int) -> list[Row]:
    """Return every key with its word, closer together where there is little room."""
    del height
    loose, tight = _keys(sight, "  "), _keys(sight, " ")
    return [fit(loose if width_of(loose) <= width else tight, width)]


def _keys(sight: Sight, gap: str) -> Row:
    pairs = ((key, sight.words.named("key", word)) for key, word in KEYS)
    return tuple(
        span
        for key, word in pairs
        for span in (Span(f" {key}", Tone.STRONG), Span(f" {word}{gap}", Tone.QUIET))
    )


def _prompt(sight: Sight) -> Row:
    words = sight.words
    match sight.prompt:
        case AskAge(typed=typed, unclear=unclear):
            age = Span(f"{words.text('prompt.age')} {typed}▏", Tone.STRONG)
            return (age, Span(f"  {_hint(sight, typed, unclear)}"))
        case EndArmed():
            return (Span(words.text("prompt.end"), Tone.STRONG),)
        case Awaiting():
            return (Span(words.text("note.sent")),)
        case Note(word=word, refusal=refusal):
            reason = words.named("refusal", refusal.value) if refusal else ""
            return (Span(words.text(word, reason=reason), Tone.STRONG),)
        case Idle() | Choose():
            return ()


def _hint(sight: Sight, typed: str, unclear: Unclear | None) -> str:
    match unclear:
        case Unclear.MONTHS:
            return sight.words.text("prompt.months", text=typed.partition(" ")[0])
        case Unclear.MALFORMED:
            return sight.words.text("prompt.malformed")
        case None:
            return sight.words.text("prompt.units")
