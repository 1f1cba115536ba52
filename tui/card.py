"""One bed of the recovery room: its numbers, where the patient stands, what is the matter; pure."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from tui.figures import compact, large, variants, written
from tui.matter import matters
from tui.packing import packed
from tui.sight import Sight
from tui.span import GAP, Row, Span, Tone, fit, spread, wrapped
from tui.standing import phase, pressure, reached, ringing, stands, unmet
from tui.ward import AWAKENING, missing
from vitals.vocabulary import CaseState

CHOSEN, OTHER = "▸", " "
RULE = "─"
CROSS = " ✗"
"""Behind numbers where what is missing has no room of its own."""
_WATCHED = AWAKENING | {CaseState.ENDED}
"""Whom recovery looks after; the others are there to be seen coming."""


def card(sight: Sight, width: int, height: int, *, chosen: bool, above: str = "") -> list[Row]:
    """Return `height` rows, numbers as large as all that is to be read leaves room for.

    What stands `above` all cards is not said again.
    """
    inner, room = width - GAP, height - 1
    if room == 0:
        return [_head(sight, width, _figures(sight), chosen=chosen)]
    told = list(_told(sight, inner, above, headed=_headed(sight, width)))
    body = None if _coming(sight) else large(sight, told, inner, room)
    rows = [fit((Span(" " * GAP), *row), width) for row in body or _small(sight, told, inner, room)]
    blank = fit((), width)
    places = [f"  {one}" for one in stands(sight)] if room == 1 else []
    head = _head(sight, width, [*places, ""], chosen=chosen)
    return [head, *[rows[y] if y < len(rows) else blank for y in range(room)]]


def _figures(sight: Sight) -> list[str]:
    """Return numbers and where the patient stands, for a single row, what is best first.

    Limits yield, then words of where the patient stands, and then the pulse.
    """
    cross = CROSS if missing(sight) else ""
    numbers, places = variants(sight), stands(sight)
    pairs = [(one, place) for place in places for one in numbers[:-1]]
    pairs += [(numbers[-1], place) for place in places]
    rows = (f"  {one}{cross}   {place}" for one, place in pairs)
    return [*rows, f"  {numbers[-1]}{cross}", ""]


def _headed(sight: Sight, width: int) -> bool:
    """Tell whether what is the matter has room beside the bed in words, not as a mark alone."""
    found = matters(sight)
    return not found or cell_len(f"{OTHER}{sight.bed_name}{found[0].whole} ") + GAP <= width


def _head(sight: Sight, width: int, more: list[str], *, chosen: bool) -> Row:
    """Return the bed, and what is the matter there, in its fill; a thin rule where nothing is."""
    bed, found = f"{CHOSEN if chosen else OTHER}{sight.bed_name}", matters(sight)
    if not found:
        return _calm(sight, bed, more, width)
    first = found[0]
    words = (first.whole, first.mark)
    pairs = [(one, told) for told in words for one in more if one]
    room = width - GAP - 1
    fits = (
        pair for pair in (*pairs, ("", first.whole)) if cell_len(f"{bed}{pair[0]}{pair[1]}") <= room
    )
    figures, text = next(fits, ("", first.mark))
    left, right = Span(f"{bed}{figures}", first.tone), Span(f"{text} ", first.tone)
    return spread((left,), (right,), width, first.tone)


def _calm(sight: Sight, bed: str, more: list[str], width: int) -> Row:
    tone = Tone.PLAIN if _coming(sight) else Tone.STRONG
    text = next((f"{bed}{one}" for one in more if cell_len(f"{bed}{one}") <= width), bed)
    rule = RULE * (width - cell_len(text) - 1)
    return fit((Span(text, tone), Span(f" {rule}", Tone.QUIET)), width)


def _coming(sight: Sight) -> bool:
    """Tell whether the patient is still asleep, or not yet, and nothing is the matter."""
    case = sight.open
    return case is not None and case.state not in _WATCHED and not matters(sight)


def _small(sight: Sight, told: list[Row], width: int, room: int) -> list[Row]:
    """Return the numbers as text, and of what is told as much as there is room for, counted."""
    numbers = written(sight)
    if len(numbers) + len(told) <= room:
        return [*numbers, *told]
    if room == 1:
        cross = CROSS if missing(sight) else ""
        return [(*compact(sight, width - len(cross)), Span(cross, Tone.STRONG))]
    rows, _ = packed(told, width, room - 1)
    return [compact(sight, width), *rows]


def _told(sight: Sight, width: int, above: str, *, headed: bool) -> Iterator[Row]:
    """Yield everything else that is to be read of the bed, what matters most first."""
    others = " · ".join(one.whole for one in matters(sight)[headed:])
    missed = " · ".join(unmet(sight, width))
    callable_ = reached(sight) if reached(sight) != above else ""
    strong = (others, *ringing(sight), missed, pressure(sight))
    for text, tone in (
        *((one, Tone.STRONG) for one in strong),
        (phase(sight), Tone.QUIET if _coming(sight) else Tone.PLAIN),
        (callable_, Tone.PLAIN if sight.open and sight.open.callable else Tone.STRONG),
    ):
        lines = [text] if cell_len(text) <= width else wrapped(text, width)
        yield from ((Span(line, tone),) for line in lines if line)
