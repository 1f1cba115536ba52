"""What is planned, in the place of the wave: the hits of a search, then what the one chosen asks.

In the prompt row stands what is typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from daemon.protocol.procedures import Demand
from tui.age import Unclear, planned
from tui.commands import CODE
from tui.newcase import MORE, found, places
from tui.page import Block, page
from tui.prompt import AskAge
from tui.searching import Hit
from tui.sheet import CURSOR, refusal
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, shorten, width_of, wrapped
from vitals.vocabulary import CaseKind, Modality

_CODES = 12
"""Cells of the codes; the name has what they and the numbers leave."""
_MARGIN = 4
_MINUTE_S = 60


def hitlist(sight: Sight, prompt: AskAge, width: int, height: int) -> list[Row]:
    """Return at most `height` rows: what fits, or what is chosen with what it demands."""
    if prompt.chosen is not None:
        return _chosen(sight, prompt.chosen, width)[:height]
    hits = found(sight, prompt)
    title = Span(f"  {_title(sight, hits[0] if hits else None)}", Tone.STRONG)
    if not hits:
        return [(title,), *_without(sight, prompt, width)][:height]
    at = min(prompt.at, len(hits) - 1)
    numbers = max(len(_numbers(hit)) for hit in hits) + 1
    longest = max(width_of((Span(hit.name),)) for hit in hits)
    columns = min(longest, width - _MARGIN - numbers - _CODES), numbers
    blocks = [
        Block(str(place), (fit(_hit(hit, columns, chosen=place == at), width),))
        for place, hit in enumerate(hits)
    ]
    count = Span(f"  {at + 1}/{len(hits)}", Tone.QUIET)
    return [(title, count), *page(blocks, at, height - 1).rows]


def asked(sight: Sight, prompt: AskAge, width: int) -> Row:
    """Return what is asked and typed, and why it was not taken or what keys do."""
    words, chosen = sight.words, prompt.chosen
    if chosen is not None and places(sight, chosen):
        return (Span(f" {words.text('seek.site')}", Tone.STRONG), Span("  Esc"))
    title = words.text("seek.procedure" if chosen is None else "prompt.age")
    typed = Span(f" {title} {prompt.typed}{CURSOR}", Tone.STRONG)
    if prompt.told is not None:
        told = Span(f"  {refusal(sight, prompt.told)}", Tone.STRONG)
        room = width - width_of((told,))
        return (*fit((Span(f" {prompt.typed[4 - room :]}{CURSOR}", Tone.STRONG),), room), told)
    row = (typed, Span(f"  {_hint(sight, prompt)}"))
    return row if width_of(row) <= width else (typed, Span(f"  {_BACK}"))


_BACK = "Enter · Esc"


def _hint(sight: Sight, prompt: AskAge) -> str:
    words = sight.words
    match prompt.unclear:
        case Unclear.MONTHS:
            return words.text("prompt.months", text=prompt.typed.split()[0])
        case Unclear.MALFORMED if prompt.chosen is None:
            return words.text("prompt.malformed")
        case Unclear.MALFORMED:
            return f"{words.text('ask.unclear')}  {_BACK}"
        case None:
            return words.text("seek.keys" if prompt.chosen is None else "prompt.age_units")


def _without(sight: Sight, prompt: AskAge, width: int) -> Iterator[Row]:
    """Yield what may be typed, where nothing fits; what Enter does with an age alone."""
    words, typed = sight.words, prompt.typed.strip()
    line = planned(typed.lower(), CODE) if typed else Unclear.MALFORMED
    if not isinstance(line, Unclear):
        told = words.text("seek.usual", age=line.age, code=line.code or " ".join(line.procedures))
        yield (Span(f"  {told}", Tone.STRONG),)
    elif typed:
        yield (Span(f"  {words.text('seek.none')}", Tone.STRONG),)
    for name in ("seek.how", "seek.line"):
        yield from ((Span(f"  {line}"),) for line in wrapped(words.text(name), width - _MARGIN))


def _title(sight: Sight, hit: Hit | None) -> str:
    """Return what is planned: a treatment where the hit is one."""
    block = hit is not None and hit.kind is CaseKind.BLOCK
    return sight.words.text("seek.title_block" if block else "seek.title")


def _hit(hit: Hit, columns: tuple[int, int], *, chosen: bool) -> Row:
    """Return `▸ Anlæggelse af trommehindedræn   3009 ±3109 → 3021`, in columns of so many cells."""
    tone = Tone.STRONG if chosen else Tone.PLAIN
    mark = "▸" if chosen else " "
    name, numbers = columns
    parts = ((f" {mark} ", 3), (shorten(hit.name, name), name + 1), (_numbers(hit), numbers))
    lead = tuple(span for text, cells in parts for span in fit((Span(text, tone),), cells))
    return (*lead, Span(f"→ {'/'.join(hit.codes)}", tone))


def _numbers(hit: Hit) -> str:
    """Return the numbers of procedures, and those of the other side; nothing for a code."""
    return " ".join((*hit.numbers, *(f"±{number}" for number in hit.beside)))


def _chosen(sight: Sight, hit: Hit, width: int) -> list[Row]:
    """Return what is chosen, where it may be, what it will be held to, and how an age is typed."""
    words, room = sight.words, width - _MARGIN
    codes = "/".join(hit.codes)
    several = f"{codes} {words.text('seek.by_site')}" if len(hit.codes) > 1 else codes
    named = f"{_numbers(hit)} → {several}" if hit.numbers else codes
    rows: list[Row] = [(Span(f"  {_title(sight, hit)}   ", Tone.STRONG), Span(named, Tone.STRONG))]
    if hit.numbers:
        rows[0] = (*rows[0], Span(f"   {words.text('seek.more', key=MORE)}", Tone.QUIET))
    rows += [(Span(f"  {one}", Tone.STRONG),) for one in wrapped(hit.name, room)[:2]]
    if options := places(sight, hit):
        told = " · ".join(f"{one.key} {one.label}" for one in options)
        return [*rows, *((Span(f"  {one}"),) for one in wrapped(told, room))]
    texts = [_requires(sight, hit), words.text("seek.age")]
    texts += [words.text("seek.reasoned")] if hit.reasoned else []
    return [*rows, *((Span(f"  {one}"),) for text in texts for one in wrapped(text, room))]


def _requires(sight: Sight, hit: Hit) -> str:
    """Return what the code asks for from the start on, and what time alone adds to it."""
    service = sight.catalogue.service(hit.codes[0]) if len(hit.codes) == 1 else None
    if service is None:
        return ""
    first, *later = service.demands
    if not first.watched:
        return sight.words.text("seek.nothing")
    told = sight.words.text("seek.requires", watched=_watched(sight, first.watched))
    more = [_from(sight, *demand) for demand in _grown(later, first)]
    return f"{told} ({'; '.join(more)})" if more else told


Grown = tuple[Demand, tuple[Modality, ...]]


def _grown(later: list[Demand], first: Demand) -> Iterator[Grown]:
    """Yield each later demand with what it adds, where it adds anything; the first in any case."""
    before = first
    for demand in later:
        added = tuple(one for one in demand.watched if one not in before.watched)
        if added or before is first:
            yield demand, added
        before = demand


def _from(sight: Sight, demand: Demand, added: tuple[Modality, ...]) -> str:
    words = sight.words
    minutes, seconds = divmod(round(demand.after_s), _MINUTE_S)
    more = words.text("seek.also", watched=_watched(sight, added)) if added else ""
    return words.text("seek.from", time=f"{minutes}:{seconds:02}", more=more or f"→ {demand.code}")


def _watched(sight: Sight, modalities: tuple[Modality, ...]) -> str:
    return " + ".join(sight.words.named("modality", one.value) for one in modalities)
