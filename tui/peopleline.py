"""People in rows: who has which paper until when, and who signs with a PIN; pure."""

from __future__ import annotations

from daemon.protocol.practice import Clinic, Reason
from tui.listrow import label
from tui.page import Block, block
from tui.prompt import Morning
from tui.sight import Sight
from tui.span import Row, Tone

_PAPERS = ("person", "plan")
"""What of the reasons is about paper."""
_INDENT = "     "


def persons(sight: Sight) -> tuple[str, ...]:
    """Return the initials of the day, and of whoever else lacks a paper."""
    clinic = sight.practice.clinic
    if clinic is None:
        return ()
    others = (one.target for one in _papers(clinic) if one.target)
    return tuple(dict.fromkeys((*clinic.staff, *others)))


def chosen(sight: Sight, prompt: Morning) -> str:
    """Return the initials that are chosen; empty where there is nobody."""
    found = persons(sight)
    return found[min(prompt.at, len(found) - 1)] if found else ""


def people(sight: Sight, prompt: Morning, width: int) -> list[Block]:
    """Return an entry for each person with what is amiss on paper, the practice's own plans last.

    The daemon tells what is missing, ends soon or has ended; what it does not tell is on file.
    """
    clinic, here = sight.practice.clinic, chosen(sight, prompt)
    if clinic is None:
        return []
    found = [_person(sight, clinic, one, width, marked=one == here) for one in persons(sight)]
    shared = [one for one in _papers(clinic) if not one.target]
    if not shared:
        return found
    own = block("", "    ", sight.words.text("morning.everybody"), "", width)
    return [*found, _with(sight, clinic, own, shared, width)]


def _papers(clinic: Clinic) -> list[Reason]:
    return [one for one in clinic.reasons if one.what in _PAPERS]


def _person(sight: Sight, clinic: Clinic, name: str, width: int, *, marked: bool) -> Block:
    """Return `▸✗ AS   underskriver med PIN`, and below it what is amiss."""
    mine = [one for one in _papers(clinic) if one.target == name]
    mark = "✓" if not mine else "✗" if any(one.holds(clinic.day) for one in mine) else "!"
    pin = sight.words.text("morning.pin_set" if name in clinic.pins else "morning.pin_none")
    told = pin if mine else f"{sight.words.text('morning.on_paper')} · {pin}"
    tone = Tone.STRONG if marked else Tone.PLAIN
    head = block(name, f" {'▸' if marked else ' '}{mark} ", name, told, width, tone)
    return _with(sight, clinic, head, mine, width)


def _with(sight: Sight, clinic: Clinic, head: Block, papers: list[Reason], width: int) -> Block:
    """Return an entry with a row for each paper below it."""
    rows = [row for one in papers for row in _paper(sight, clinic, one, width)]
    return Block(head.key, (*head.rows, *rows))


def _paper(sight: Sight, clinic: Clinic, one: Reason, width: int) -> tuple[Row, ...]:
    mark = "✗" if one.holds(clinic.day) else "!"
    year = f" {one.until.year}" if one.until and one.until.year != sight.today.year else ""
    until = f"{sight.forms.day(one.until)}{year}" if one.until else ""
    state = f"{sight.words.named('ready', one.state)} {until}".rstrip()
    return block("", f"{_INDENT}{mark} ", label(sight, one.label), state, width).rows
