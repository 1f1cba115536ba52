"""The two last rows: what is asked or was answered, and what the keys do."""

from __future__ import annotations

from tui.age import Unclear
from tui.prompt import AskAge, Awaiting, EndArmed, Idle, Note
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit

KEYS = (
    ("A", "acknowledge"),
    ("N", "new"),
    ("S", "end"),
    ("W", "wave"),
    ("F2", "language"),
    ("F1", "help"),
    ("Q", "quit"),
)
"""Each key and the id of its words under `key` and `help`."""


def promptrow(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the one line that a person is asked or answered in."""
    del height
    return [fit((Span(" "), *_prompt(sight)), width)]


def keyrow(sight: Sight, width: int, height: int) -> list[Row]:
    """Return every key with its word."""
    del height
    row: list[Span] = []
    for key, word in KEYS:
        row += [
            Span(f" {key}", Tone.STRONG),
            Span(f" {sight.words.named('key', word)}  ", Tone.QUIET),
        ]
    return [fit(tuple(row), width)]


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
        case Idle():
            return ()


def _hint(sight: Sight, typed: str, unclear: Unclear | None) -> str:
    match unclear:
        case Unclear.MONTHS:
            return sight.words.text("prompt.months", text=typed)
        case Unclear.MALFORMED:
            return sight.words.text("prompt.malformed")
        case None:
            return sight.words.text("prompt.units")
