"""The alarm bar: always reserved, the most urgent first, each row in its alarm's own fill."""

from __future__ import annotations

from tui.items import UNBOUND, Item, items, seated
from tui.loss import loss, lostbar, silent
from tui.sight import Reach, Sight
from tui.sounding import sounding
from tui.soundline import sound_key, soundline, told
from tui.span import GAP, Row, Span, Tone, centred, fit, spread, width_of
from vitals.vocabulary import Priority


def alarmbar(sight: Sight, width: int, height: int) -> list[Row]:
    """Return `height` rows: the loss of the daemon, else alarms and calls, else calm."""
    if silent(sight):
        return lostbar(sight, width, height)
    found = items(sight)
    if found:
        return _listed(sight, found, width, height)
    rows = [fit((), width) for _ in range(height)]
    if sight.reach is Reach.LIVE and sight.mirror.complete:
        calm = sight.words.text("alarm.none" if sight.watched else "alarm.idle")
        rows[height // 2] = centred(calm, width, Tone.QUIET)
        rows[-1] = soundline(sight, width, None) if sounding(sight) else rows[-1]
    return rows


def uppermost(sight: Sight) -> Span | None:
    """Return the loss of the daemon, else the first row, in its fill; None when all is calm."""
    if silent(sight):
        return loss(sight)
    found = items(sight)
    return Span(found[0].text(sight, UNBOUND), found[0].tone) if found else None


def _listed(sight: Sight, found: list[Item], width: int, height: int) -> list[Row]:
    """Return one row an item; the first fills what is left over, the last counts the hidden.

    The last row of the bar is that of the sound where it may not be left out, or nothing needs it.
    """
    spare = len(found) < height and sounding(sight) is not None
    below = height > 1 and (bool(told(sight)) or spare)
    room = height - below
    hidden = len(found) - room
    rows: list[Row] = []
    seats = seated(found, room)
    for number, item in enumerate(seats):
        last = number == room - 1
        more = _more(sight, found, seats) if last and hidden > 0 else [""]
        key = sound_key(sight) if last and not below else ""
        rows.append(_row(sight, item, [(one, key) for one in more], width))
        if number == 0:
            rows += [fit((), width, item.tone) for _ in range(-hidden)]
    return [*rows, soundline(sight, width, found[0].tone)] if below else rows


def _more(sight: Sight, found: list[Item], seats: list[Item]) -> list[str]:
    """Return how many have no row, before that the names of those that are high, where any are."""
    left = [item for item in found if item not in seats]
    count = sight.words.text("alarm.more", count=len(left))
    high = [item.name(sight) for item in left if item.priority is Priority.HIGH]
    if not high:
        return [count]
    others = len(left) - len(high)
    return [f"+ !!! {', '.join(high)}" + (f" + {others}" if others else ""), f"{count} !!!"]


def _row(sight: Sight, item: Item, others: list[tuple[str, str]], width: int) -> Row:
    """Return an item with its keys; all but the last of them, and names, yield to its words."""
    counts = (len(item.hints), 1)
    sides = [
        _right((*other, *item.hints[-count:]), item.tone) for other in others for count in counts
    ]
    whole = width_of((Span(f" {item.wanted(sight)}"),))
    right = next((side for side in sides if whole + width_of(side) + GAP <= width), sides[-1])
    room = width - 1 - (width_of(right) + GAP if right else 0)
    return spread((Span(f" {item.text(sight, room)}", item.tone),), right, width, item.tone)


def _right(parts: tuple[str, ...], tone: Tone) -> Row:
    text = "  ".join(part for part in parts if part)
    return (Span(f"{text} ", tone),) if text else ()
