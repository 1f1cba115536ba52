"""Checklists in rows: how far each is, and one group of one of them whole; pure."""

from __future__ import annotations

from daemon.protocol.practice import Checklist
from daemon.protocol.row import ListRow
from tui.listrow import UNSEEN, label, listrow, said
from tui.page import Block, block
from tui.prompt import Morning, Opened
from tui.sight import Sight
from tui.span import Tone
from vitals.acts import Mark
from vitals.vocabulary import Weight

NAMED = 2
"""So many rows that stand in the way are named; the others are counted."""


def lists(sight: Sight) -> list[Checklist]:
    """Return the lists of which anything is asked for on this day."""
    return [one for one in sight.practice.lists if one.asked]


def finished(listed: Checklist) -> bool:
    """Tell whether every row that is asked for was looked at and is in order."""
    return not any(row.open or row.holds for row in listed.asked) and not listed.failed


def barring(listed: Checklist) -> list[ListRow]:
    """Return the rows that stand in the way of a signature."""
    return [row for row in listed.asked if row.open or row.id in listed.awaits]


def barred(sight: Sight, opened: Opened) -> str:
    """Return which rows stand in the way: two by name; empty where nothing does."""
    listed = sight.practice.list(opened.list, opened.target)
    rows = barring(listed) if listed else []
    names = [label(sight, row.label) for row in rows[:NAMED]]
    more = [f"+{len(rows) - NAMED}"] if len(rows) > NAMED else []
    told = " · ".join([*names, *more])
    return sight.words.text("morning.barred", rows=told) if rows else ""


def groups(listed: Checklist) -> list[str]:
    """Return the groups of which anything is asked for, in their order."""
    wanted = {row.group for row in listed.asked}
    known = [name for name in listed.groups if name in wanted]
    return [*known, *sorted(wanted - set(known))]


def rows_of(sight: Sight, opened: Opened | None) -> list[ListRow]:
    """Return the rows of the group that is worked on."""
    listed = sight.practice.list(opened.list, opened.target) if opened else None
    if opened is None or listed is None:
        return []
    return [row for row in listed.asked if row.group == opened.group]


def together(sight: Sight, entry: int) -> str:
    """Return the question why a mark was wrong, with how many rows it was of, when and by whom."""
    rows = [row for one in sight.practice.lists for row in one.rows if row.entry == entry]
    when = said(sight, rows[0]) if rows else ""
    if len(rows) == 1:
        return sight.words.text("ask.wrong_row", row=label(sight, rows[0].label), said=when)
    return sight.words.text("ask.wrong_rows", count=len(rows), said=when)


def question(sight: Sight, word: str, mark: Mark) -> str:
    """Return a question about the row of a mark, by its name."""
    listed = sight.practice.list(mark.list, mark.target)
    found = [row for row in listed.rows if row.id in mark.rows] if listed else []
    if not found:
        return sight.words.text(word)
    return sight.words.text(f"{word}_row", row=label(sight, found[0].label))


def overview(sight: Sight, prompt: Morning, width: int) -> list[Block]:
    """Return an entry for each list: `✓ Anæstesiapparat · kuffert  24/24 · 07:46 AS`."""
    found = enumerate(lists(sight))
    return [_entry(sight, one, width, marked=number == prompt.at) for number, one in found]


def group(sight: Sight, prompt: Morning, width: int) -> list[Block]:
    """Return an entry for each row of the group, whole, with what a device says beside it."""
    rows = enumerate(rows_of(sight, prompt.opened))
    return [listrow(sight, row, width, marked=number == prompt.at) for number, row in rows]


def heading(sight: Sight, opened: Opened) -> str:
    """Return `Anæstesiapparat · kuffert · Strøm, gasser og sug 1/5`."""
    listed = sight.practice.list(opened.list, opened.target)
    if listed is None:
        return ""
    names = groups(listed)
    place = names.index(opened.group) + 1 if opened.group in names else 1
    title = _group(sight, listed, opened.group)
    return f"{label(sight, listed.label)} · {opened.target} · {title} {place}/{len(names)}"


def outcome(sight: Sight, opened: Opened) -> str:
    """Return `underskrevet AS 07:14 · 1 fejl · på 12 min`; empty until it is signed."""
    listed = sight.practice.list(opened.list, opened.target)
    if listed is None or not listed.signed_by:
        return ""
    return _joined(_signed(sight, listed), *_came(sight, listed))


def _group(sight: Sight, listed: Checklist, group: str) -> str:
    """Return what a group is called."""
    names = dict(zip(listed.groups, listed.titles, strict=False))
    return label(sight, names[group]) if group in names else group


def _entry(sight: Sight, listed: Checklist, width: int, *, marked: bool) -> Block:
    amiss = listed.failed or any(row.holds for row in listed.asked)
    mark = "✗" if amiss else "✓" if finished(listed) else UNSEEN
    counted = f"{listed.answered}/{len(listed.asked)}"
    right = _joined(counted, *_came(sight, listed), _signed(sight, listed))
    text = f"{label(sight, listed.label)} · {listed.target}"
    tone = Tone.STRONG if marked else Tone.PLAIN
    key = f"{listed.id} {listed.target}"
    return block(key, f" {'▸' if marked else ' '}{mark} ", text, right, width, tone)


def _came(sight: Sight, listed: Checklist) -> tuple[str, str, str]:
    """Return what is not in order, what holds all the same, and how long it took."""
    still = sum(row.still is Weight.HOLD for row in listed.asked)
    return (
        sight.words.text("morning.amiss", count=listed.failed) if listed.failed else "",
        sight.words.text("morning.still_count", count=still) if still else "",
        _took(sight, listed),
    )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _took(sight: Sight, listed: Checklist) -> str:
    """Return how long it took, once it is over: signed, or with nothing left to look at."""
    if listed.took_s is None or not (listed.signed_by or finished(listed)):
        return ""
    return sight.words.text("morning.took", age=sight.forms.age(listed.took_s))


def _signed(sight: Sight, listed: Checklist) -> str:
    """Return when and by whom it was signed, or else when and by whom the last row was marked."""
    if listed.signed_by:
        moment = f"{sight.local_text(listed.signed_at):%H:%M}" if listed.signed_at else ""
        return sight.words.text("morning.signed", when=moment, by=listed.signed_by)
    told = [row for row in listed.asked if row.at and row.on == sight.today]
    return said(sight, max(told, key=lambda row: row.at)) if told else ""
