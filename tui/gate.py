"""The start check in the place of the wave: what is missing first, what is made sure of last."""

from __future__ import annotations

from daemon.protocol.cases import GateItem, GateState
from tui.cited import cited
from tui.packing import packed
from tui.prompt import Gate
from tui.sight import Sight
from tui.span import Row, Span, Tone, shorten, wrapped
from tui.starting import chosen, missing
from tui.unready import unready
from vitals.vocabulary import Check, Weight

_MARKS = {GateState.DONE: "✓", GateState.MISSING: "☐", GateState.UNKNOWN: "?"}
_SOURCE_ROWS = 2
_MARGIN = 2


def gate(sight: Sight, prompt: Gate, width: int, height: int) -> list[Row]:
    """Return at most `height` rows: the points, and the source of the one that is chosen."""
    at, left = chosen(sight, prompt), missing(sight)
    items = sight.open.gate if sight.open else ()
    done = [item for item in items if item.state is GateState.DONE]
    parts = [_part(sight, item, width, marked=item is at) for item in (*left, *done)]
    if prompt.unattached:
        parts.insert(0, (Span(f"  {sight.words.text('gate.unattached')}", Tone.STRONG),))
    rows: list[Row] = [_title(sight, left), *packed(parts, width, height - 1)[0]]
    return [*rows, *_source(sight, at, width, min(_SOURCE_ROWS, height - len(rows)))]


def _title(sight: Sight, left: list[GateItem]) -> Row:
    held = sum(item.weight is Weight.HOLD for item in left)
    word = {0: "gate.clear", 1: "gate.held_one"}.get(held, "gate.held")
    text = sight.words.text(word, count=held)
    title = Span(f"  {sight.words.text('gate.title')}   ", Tone.STRONG)
    return (title, Span(text, Tone.STRONG if held else Tone.PLAIN))


def _part(sight: Sight, item: GateItem, width: int, *, marked: bool) -> Row:
    """Return `▸☐ faste`; what closes the normal way on stands out."""
    held = item.weight is Weight.HOLD and item.state is not GateState.DONE
    lead = f"{'▸' if marked else ' '}{_MARKS[item.state]} "
    told = unready(sight, item, width - _MARGIN - len(lead)) or _word(sight, item)
    text = f"{lead}{told}"
    return (Span(f" {shorten(text, width - _MARGIN)}", Tone.STRONG if held else Tone.PLAIN),)


def _word(sight: Sight, item: GateItem) -> str:
    """Return the words of a point: of its detail where it has words of its own, else with it."""
    own = f"{item.id}.{item.detail}"
    named = sight.words.named("gate", own)
    if named == own:
        named = sight.words.named("gate", item.id, detail=item.detail)
    optional = item.id in tuple(Check) and item.weight is not Weight.HOLD
    return sight.words.text("gate.optional", item=named) if optional else named


def _source(sight: Sight, item: GateItem | None, width: int, height: int) -> list[Row]:
    if item is None or height < 1:
        return []
    text = sight.words.text("gate.source", source=cited(sight.words, item.source))
    lines = wrapped(text, width - 2 * _MARGIN)
    if len(lines) > height:
        lines = _end(text, width - 2 * _MARGIN, height)
    return [(Span(f"  {line}", Tone.QUIET),) for line in lines]


def _end(text: str, width: int, height: int) -> list[str]:
    """Return as much of the end of a text as `height` lines hold: the page, not the title."""
    words = text.split()
    while len(wrapped(f"… {' '.join(words)}", width)) > height:
        words = words[1:]
    return wrapped(f"… {' '.join(words)}", width)
