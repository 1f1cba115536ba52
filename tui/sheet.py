"""A form: its question in the prompt row, and in the place of the wave what has no room there."""

from __future__ import annotations

from tui.aside import DETAILED, explained
from tui.asking import asked, before
from tui.fields import Field, Option
from tui.options import paged, pages
from tui.prompt import Ask, Note
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of, wrapped

INLINE = 80
"""What is longer stands in the place of the wave, whatever the width of the window."""
HINT, BACK, TURN = "Esc", "↑ · Esc", "← →"
CURSOR, HIDDEN = "▏", "•"
_MARGIN = 2
_APART = 3


def asking(sight: Sight, prompt: Ask, width: int) -> Row:
    """Return the question in `width` cells; where it is too long, what is typed for it alone."""
    row = _inline(sight, prompt)
    if _fits(prompt, row, width):
        return fit(row, width)
    field = asked(prompt)
    if field.pattern:
        text = f" {_typed(prompt, field)[-(width // 2) :]}{CURSOR}"
        typed = (Span(text, Tone.STRONG), *_complaint(sight, prompt))
        return fit((*typed, Span(f"  Enter · {_hint(prompt)}")), width)
    keys = _keys(sight, prompt, field)
    wrong = _complaint(sight, prompt)
    row = (Span(" "), *wrong, Span(f"  {keys}" if wrong else keys))
    return fit(row if width_of(row) <= width else row[:-1], width)


def sheet(sight: Sight, prompt: Ask, width: int, height: int) -> list[Row] | None:
    """Return at most `height` rows; None where the prompt row holds everything."""
    field = asked(prompt)
    near = field.near(sight, prompt.typed) if field.near else []
    if not near and _fits(prompt, _inline(sight, prompt), INLINE):
        return None
    lines = [_refused(sight, prompt.told)] if prompt.told else []
    lines = [*lines, _title(sight, prompt, field)]
    texts = [line for text in lines for line in wrapped(text, width - 4)]
    rows: list[Row] = [(Span(f"  {line}", Tone.STRONG),) for line in texts]
    below: list[Row] = [
        (Span(f"    {line}"),) for text in near for line in wrapped(text, width - 6)
    ]
    return [*rows, *below, *_columns(sight, prompt, width, height - len(rows))]


def _refused(sight: Sight, told: Note) -> str:
    """Return why something was not taken, with what that rests on where the way on stands there."""
    detailed = told.answer is not None and told.refusal in DETAILED
    detail = explained(sight, told.answer) if detailed and told.answer else ""
    return f"{refusal(sight, told)} ({detail})" if detail else refusal(sight, told)


def refusal(sight: Sight, told: Note) -> str:
    """Return why something was not taken."""
    reason = sight.words.named("refusal", told.refusal.value) if told.refusal else ""
    flags = told.answer.flags if told.answer else ()
    seen = (sight.words.named("flag", flag.value) for flag in flags)
    number = next(iter(told.answer.rows), "") if told.answer else ""
    return " · ".join([sight.words.text(told.word, reason=reason, number=number), *seen])


def _fits(prompt: Ask, row: Row, width: int) -> bool:
    return prompt.told is None and width_of(row) <= min(width, INLINE)


def _inline(sight: Sight, prompt: Ask) -> Row:
    """Return question, options and hint in one row, however long it is."""
    field = asked(prompt)
    title = Span(f" {_title(sight, prompt, field)}  ", Tone.STRONG)
    if field.pattern:
        typed = Span(f"{_typed(prompt, field)}{CURSOR}", Tone.STRONG)
        return (title, typed, *_complaint(sight, prompt), Span(f"  Enter · {_hint(prompt)}"))
    keys = Span(f"  {_keys(sight, prompt, field)}")
    return (title, *_options(sight, prompt), *_complaint(sight, prompt), keys)


def _keys(sight: Sight, prompt: Ask, field: Field) -> str:
    """Return what keys do beside those of the options."""
    if field.ticked:
        return sight.words.text("ask.words_keys" if field.every else "ask.some_keys")
    turns = pages(field.options(sight)) > 1
    enter = ("Enter",) if before(prompt) else ()
    return " · ".join((*((TURN,) if turns else ()), *enter, _hint(prompt)))


def _hint(prompt: Ask) -> str:
    return BACK if prompt.answers else HINT


def _title(sight: Sight, prompt: Ask, field: Field) -> str:
    """Return the question, after the time for which it is asked."""
    words = field.titled(sight, prompt) if field.titled else sight.words.text(f"ask.{field.word}")
    if prompt.at is None:
        return words
    then = sight.now.wall - (sight.now.monotonic - prompt.at)
    return f"{sight.local(then):%H:%M} {words}"


def _options(sight: Sight, prompt: Ask) -> Row:
    shown = paged(prompt, asked(prompt).options(sight))
    texts = (_option(prompt, asked(prompt), option) for option in shown)
    return tuple(span for text in texts for span in (*text, Span(" " * _APART)))


def _columns(sight: Sight, prompt: Ask, width: int, height: int) -> list[Row]:
    """Return the options one under the other, in more columns where they are more than rows."""
    field = asked(prompt)
    shown = paged(prompt, field.options(sight))
    parts = [_option(prompt, field, option) for option in shown]
    columns = max(1, -(-len(parts) // max(1, height)))
    column = (width - _MARGIN) // columns
    rows = []
    for first in range(-(-len(parts) // columns)):
        beside = parts[first :: -(-len(parts) // columns)]
        rows.append((Span(" " * _MARGIN), *(s for part in beside for s in fit(part, column))))
    return rows


def _option(prompt: Ask, field: Field, option: Option) -> Row:
    mark = ("☐ ", "✓ ")[option.value in prompt.typed.split()] if field.ticked else ""
    chosen = bool(before(prompt)) and option.value == before(prompt) and not field.ticked
    lead = Span("▸", Tone.STRONG) if chosen else Span("")
    return (lead, Span(option.key, Tone.STRONG), Span(f" {mark}{option.label}"))


def _typed(prompt: Ask, field: Field) -> str:
    """Return what is typed, as others may see it."""
    return HIDDEN * len(prompt.typed) if field.secret else prompt.typed


def _complaint(sight: Sight, prompt: Ask) -> Row:
    """Return what is wrong with the answer: of what is to be ticked, what is not."""
    if not prompt.unclear:
        return ()
    field, ticked = asked(prompt), prompt.typed.split()
    left = [one.label for one in field.options(sight) if one.value not in ticked]
    lacks = sight.words.text("ask.lacks", what=", ".join(left))
    return (Span(f"  {lacks if field.every else sight.words.text('ask.unclear')}", Tone.STRONG),)
