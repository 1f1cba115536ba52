"""What the rules say of an open block, in the row of the requirements."""

from __future__ import annotations

from daemon.protocol.cases import Case, Found
from tui.packing import packed
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of
from vitals.vocabulary import Weight


def findings(sight: Sight, case: Case, width: int, height: int) -> list[Row]:
    """Return what is found, holds first; what has no room is counted."""
    title: Row = (Span(f" {sight.words.text('finding.title')}  ", Tone.QUIET),)
    rows, _ = packed([_part(sight, one) for one in case.findings], width - width_of(title), height)
    blank: Row = (Span(" " * width_of(title)),)
    placed = [(*(blank if y else title), *row) for y, row in enumerate(rows)]
    return [fit(placed[y] if y < len(placed) else (), width) for y in range(height)]


def _rule(sight: Sight, found: Found) -> str:
    text = sight.words.rule(found.rule)
    return text if found.approved else sight.words.text("finding.unapproved", rule=text)


def _part(sight: Sight, found: Found) -> Row:
    text = sight.words.named("weight", found.weight.value, rule=_rule(sight, found))
    return (Span(text, Tone.STRONG if found.weight is Weight.HOLD else Tone.PLAIN),)
