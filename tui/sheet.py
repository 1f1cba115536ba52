"""A form: its question in the prompt row, and in the place of the wave what has no room there."""

from __future__ import annotations

from tui.asking import asked
from tui.fields import Field, Option
from tui.prompt import Ask
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of, wrapped

INLINE = 80
"""What is longer stands in the place of the wave, whatever the width of the window."""
HINT = "Esc"
CURSOR, HIDDEN = "▏", "•"
_MARGIN = 2
_APART = 3


def asking(sight: Sight, prompt: Ask, width: int) -> Row:
    """Return the question in `width` cells; where it is too long, what is typed for it alone."""
    row = _inline(sight, prompt)
    if width_of(row) <= min(width, INLINE):
        return fit(row, width)
    field = asked(prompt)
    if field.pattern:
        text = f" {_typed(prompt, field)[-(width // 2) :]}{CURSOR}"
        typed = (Span(text, Tone.STRONG), *_complaint(sight, prompt))
        return fit((*typed, Span(f"  Enter · {HINT}")), width)
    keys = sight.words.text("ask.words_keys") if field.every else HINT
    return fit((Span(" "), *_complaint(sight, prompt), Span(keys)), width)


def sheet(sight: Sight, prompt: Ask, width: int, height: int) -> list[Row] | None:
    """Return at most `height` rows; None where the prompt row holds everything."""
    if width_of(_inline(sight, prompt)) <= INLINE:
        return None
    field = asked(prompt)
    title = _title(sight, prompt, field)
    rows: list[Row] = [(Span(f"  {line}", Tone.STRONG),) for line in wrapped(title, width - 4)]
    return [*rows, *_columns(sight, prompt, width, height - len(rows))]


def _inline(sight: Sight, prompt: Ask) -> Row:
    """Return question, options and hint in one row, however long it is."""
    field = asked(prompt)
    title = Span(f" {_title(sight, prompt, field)}  ", Tone.STRONG)
    if field.pattern:
        typed = Span(f"{_typed(prompt, field)}{CURSOR}", Tone.STRONG)
        return (title, typed, *_complaint(sight, prompt), Span(f"  Enter · {HINT}"))
    if field.every:
        keys = sight.words.text("ask.words_keys")
        return (title, *_options(sight, prompt), *_complaint(sight, prompt), Span(f"  {keys}"))
    return (title, *_options(sight, prompt), Span(f"  {HINT}"))


def _title(sight: Sight, prompt: Ask, field: Field) -> str:
    """Return the question, after the time for which it is asked."""
    words = sight.words.text(f"ask.{field.word}")
    if prompt.at is None:
        return words
    then = sight.now.wall - (sight.now.monotonic - prompt.at)
    return f"{sight.local(then):%H:%M} {words}"


def _options(sight: Sight, prompt: Ask) -> Row:
    texts = (_option(prompt, asked(prompt), option) for option in asked(prompt).options(sight))
    return tuple(span for text in texts for span in (*text, Span(" " * _APART)))


def _columns(sight: Sight, prompt: Ask, width: int, height: int) -> list[Row]:
    """Return the options one under the other, in two columns where they are more than rows."""
    field = asked(prompt)
    parts = [_option(prompt, field, option) for option in field.options(sight)]
    columns = 1 if len(parts) <= height else 2
    column = (width - _MARGIN) // columns
    rows = []
    for first in range(-(-len(parts) // columns)):
        beside = parts[first :: -(-len(parts) // columns)]
        rows.append((Span(" " * _MARGIN), *(s for part in beside for s in fit(part, column))))
    return rows


def _option(prompt: Ask, field: Field, option: Option) -> Row:
    mark = ("☐ ", "✓ ")[option.value in prompt.typed.split()] if field.every else ""
    return (Span(option.key, Tone.STRONG), Span(f" {mark}{option.label}"))


def _typed(prompt: Ask, field: Field) -> str:
    """Return what is typed, as others may see it."""
    return HIDDEN * len(prompt.typed) if field.secret else prompt.typed


def _complaint(sight: Sight, prompt: Ask) -> Row:
    return (Span(f"  {sight.words.text('ask.unclear')}", Tone.STRONG),) if prompt.unclear else ()
