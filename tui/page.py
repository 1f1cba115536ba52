"""As many entries of a list as there is room for, the chosen one among them: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tui.span import GAP, Row, Span, Tone, fit, width_of, wrapped

_INDENT = 4


@dataclass(frozen=True, slots=True)
class Block:
    """One entry, in as many rows as its words take."""

    key: str
    rows: tuple[Row, ...]
    counts: bool = True
    """It is one of what is counted; False: it only stands below those."""


@dataclass(frozen=True, slots=True)
class Page:
    """What of the entries is on the screen."""

    rows: list[Row]
    whole: frozenset[str]
    """The keys of the entries of which nothing is hidden."""
    above: int
    below: int
    """How many that count are hidden, in part or whole, before and behind those."""
    more: bool = False
    """Something is hidden behind those that is not counted."""


def block(key: str, lead: str, text: str, right: str, width: int, tone: Tone = Tone.PLAIN) -> Block:
    """Return an entry with `right` at its end, or below it where one row cannot hold both."""
    first = Span(lead, tone)
    whole = (first, Span(text, tone))
    room = width - width_of((Span(right),)) - 1
    if width_of(whole) + (GAP if right else 0) <= room:
        return Block(key, ((*fit(whole, room), Span(f"{right} ")),))
    lines = wrapped(text, width - width_of((first,)) - 1)
    rest = [(Span(" " * _INDENT), Span(line, tone)) for line in lines[1:]]
    under = [(Span(" " * _INDENT), Span(line)) for line in wrapped(right, width - _INDENT - 1)]
    return Block(key, ((first, Span(lines[0] if lines else "", tone)), *rest, *under))


def page(blocks: Sequence[Block], at: int, height: int) -> Page:
    """Return at most `height` rows, those of entry `at` among them as far as they fit."""
    starts = [0]
    for one in blocks:
        starts.append(starts[-1] + len(one.rows))
    at = max(0, min(at, len(blocks) - 1))
    middle = (starts[at] + starts[min(at + 1, len(blocks))] - height) // 2 if blocks else 0
    first = max(0, min(middle, starts[-1] - height))
    if blocks and starts[at] < first:
        first = starts[at]
    rows = [row for one in blocks for row in one.rows][first : first + height]
    last = first + height
    above = sum(start < first for start in starts[:-1])
    below = sum(end > last and start >= first for start, end in pairwise(starts))
    seen = blocks[above : len(blocks) - below]
    hidden = blocks[len(blocks) - below :] if below else ()
    return Page(
        rows,
        frozenset(one.key for one in seen),
        above=sum(one.counts for one in blocks[:above]),
        below=sum(one.counts for one in hidden),
        more=bool(hidden),
    )
