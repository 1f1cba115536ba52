"""The first row: where this is, what time it is, and whether the record is kept."""

from __future__ import annotations

from daemon.protocol.messages import JournalState
from daemon.protocol.rules import RulesState
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, spread, width_of


def header(sight: Sight, width: int, height: int) -> list[Row]:
    """Return product, site and bed, the time in the middle, connection and journal at the right."""
    del height
    moment = sight.forms.moment(sight.local(sight.now.wall))
    before = (width - len(moment)) // 2
    place = _place(sight)
    if width_of(place) >= before:
        place = fit(place, before - 1)
    gap = Span(" " * (before - width_of(place)))
    state = Span(f"{_state(sight)} ")
    return [spread((*place, gap, Span(moment, Tone.STRONG)), (state,), width)]


def _place(sight: Sight) -> Row:
    hello = sight.mirror.hello
    names = [name for name in (hello.site if hello else "", sight.bed_name or "") if name]
    return (Span(" Vagt", Tone.STRONG), *(Span(f" · {name}") for name in names))


def _state(sight: Sight) -> str:
    if sight.reach in (Reach.NEVER, Reach.LOST):
        return sight.words.text("link.none")
    journal, hello = sight.mirror.journal, sight.mirror.hello
    kept = sight.words.named("journal", journal.value) if journal else ""
    if hello is None or hello.rules_state is RulesState.IN_ORDER:
        return kept
    rules = sight.words.named("rules", hello.rules_state.value)
    recording = journal in (None, JournalState.RECORDING)
    return " · ".join(part for part in (rules, kept) if part) if recording else kept
