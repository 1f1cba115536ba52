"""The recovery room: every bed with a patient as a card, the worst first; pure."""

from __future__ import annotations

from rich.cells import cell_len

from tui.card import card
from tui.dealing import APART, LEAST_ROWS, Deal, dealt
from tui.matter import matters
from tui.message import message
from tui.prompt import Ask
from tui.sight import Reach, Sight
from tui.span import GAP, Row, Span, Tone, fit, spread, width_of
from tui.standing import reached
from tui.ward import AWAKENING, beds, free
from tui.welcome import awaited
from tui.whose import below

MARGIN = 2


def cardsview(sight: Sight, width: int, height: int) -> list[Row]:
    """Return `height` rows: what is asked, or how many there are and their cards."""
    if sight.reading or sight.reach is not Reach.LIVE or awaited(sight):
        told = message(sight, width, height)
        if told is not None:
            return _beneath(sight, told, width, height)
    found = beds(sight)
    foot, deal = _dealt(sight, found, width, height)
    above = _above(sight, found, width)
    rows = [_title(sight, found, width, above), *_laid(sight, deal, above)]
    rows += [()] * (height - len(foot) - len(rows))
    return [fit(row, width) for row in (*rows, *foot)][:height]


def _beneath(sight: Sight, told: list[Row], width: int, height: int) -> list[Row]:
    """Return a form with the cards in the rows that it leaves; anything else has all of them."""
    found = beds(sight)
    written = [y for y, row in enumerate(told) if any(span.text.strip() for span in row)]
    used = max(written, default=0) + 1
    rest = height - used - 2
    if not isinstance(sight.prompt, Ask) or sight.helping or not found or rest < LEAST_ROWS:
        return told
    deal, above = dealt(sight, found, width, rest), _above(sight, found, width)
    rows = [*told[:used], (), _title(sight, found, width, above), *_laid(sight, deal, above)]
    return [fit(row, width) for row in (*rows, *[()] * (height - len(rows)))][:height]


def columns(sight: Sight, width: int, height: int) -> int:
    """Return how many cards stand side by side."""
    return _dealt(sight, beds(sight), width, height)[1].across


def place(sight: Sight, x: int, y: int, width: int, height: int) -> str | None:
    """Return the bed whose card is at a cell; None where none is."""
    deal = _dealt(sight, beds(sight), width, height)[1]
    found = deal.at(x, y - 1) if y >= 1 else None
    return found.bed_name if found else None


def _dealt(sight: Sight, found: list[Sight], width: int, height: int) -> tuple[list[Row], Deal]:
    """Return what stands below the cards, and the cards in the rows that are left.

    The five words yield where they would cost a card its own; who lies there was asked for, and
    does not.
    """
    told = below(sight, width)
    taken = len(_foot(sight, told, width, ""))
    deal = dealt(sight, found, width, height - 1 - taken)
    if told and not sight.revealed and (deal.left or deal.tall < LEAST_ROWS):
        whole = dealt(sight, found, width, height - 2)
        told, deal = ([], whole) if deal.left or deal.tall < whole.tall else (told, deal)
    return _foot(sight, told, width, _more(sight, deal)), deal


def _more(sight: Sight, deal: Deal) -> str:
    """Return how many beds have no card, with the mark of what is the matter there."""
    if not deal.left:
        return ""
    worst = next(iter(matters(deal.left[0])), None)
    text = sight.words.text("ward.more", count=len(deal.left))
    return f"{text} {worst.mark}" if worst else text


def _foot(sight: Sight, told: list[Row], width: int, more: str) -> list[Row]:
    """Return the rows below the cards; the last tells which beds are free, and of hidden cards."""
    right = (Span(f"{more} ", Tone.STRONG),) if more else ()
    row: Row = (Span(_free(sight, width - width_of(right) - GAP), Tone.QUIET),)
    if len(told) > 1 and not more and width_of(told[-1]) + width_of(row) + GAP < width:
        return [*told[:-1], spread(told[-1], (*row, Span(" ")), width)]
    return [*told, spread(row, right, width)]


def _free(sight: Sight, width: int) -> str:
    """Return the beds that are free, those that have no room counted; empty where none is."""
    names = free(sight)
    for kept in range(len(names), 0, -1):
        count = f" +{len(names) - kept}" if kept < len(names) else ""
        text = sight.words.text("ward.free", beds=f"{', '.join(names[:kept])}{count}")
        if cell_len(text) + MARGIN <= width:
            return f"{' ' * MARGIN}{text}"
    return ""


def _above(sight: Sight, found: list[Sight], width: int) -> str:
    """Return whether the anaesthetist can be called, where that is the same of every bed."""
    told = {one for bed in found if (one := reached(bed))}
    text = told.pop() if len(told) == 1 else ""
    return text if cell_len(text) + width_of(_counted(sight, found)) + MARGIN < width else ""


def _counted(sight: Sight, found: list[Sight]) -> Row:
    """Return how many wake up, and at how many beds something is the matter."""
    awake = sum(one.open is not None and one.open.state in AWAKENING for one in found)
    alarms = sum(bool(one.bed.alarms) for one in found)
    count = f"{' ' * MARGIN}{sight.words.text('ward.count', count=awake)}"
    word = "ward.alarms" if alarms > 1 else "ward.alarm"
    told = f" · {sight.words.text(word, count=alarms)}" if alarms else ""
    return (Span(f"{count}{told}", Tone.STRONG),)


def _title(sight: Sight, found: list[Sight], width: int, above: str) -> Row:
    """Return how many wake up, at how many beds something is the matter, and who can be called."""
    return spread(_counted(sight, found), (Span(f"{above} "),) if above else (), width)


def _laid(sight: Sight, deal: Deal, above: str) -> list[Row]:
    rows: list[Row] = []
    for first in range(0, len(deal.shown), deal.across):
        beside = [
            card(one, deal.wide, deal.tall, chosen=one.bed_name == sight.bed_name, above=above)
            for one in deal.shown[first : first + deal.across]
        ]
        rows += [
            tuple(span for one in beside for span in (*one[y], Span(" " * APART)))[:-1]
            for y in range(deal.tall)
        ]
    return rows
