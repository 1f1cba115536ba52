"""Devices of the register in rows, those whose service is due first at the top; pure."""

from __future__ import annotations

from datetime import date

from daemon.protocol.practice import Machine
from tui.listrow import label
from tui.page import Block, block
from tui.prompt import Morning
from tui.sight import Sight
from tui.span import Tone

_MARKS = {"in_use": "✓", "first_use": "?", "out_of_use": "–"}
_HOLDS = ("failed",)
"""What holds, also where an older daemon does not say so."""


def devices(sight: Sight) -> tuple[Machine, ...]:
    """Return every device by when its service is due, those without any last."""
    found = sight.practice.machines
    return tuple(sorted(found, key=lambda one: (one.service_due or date.max, one.name)))


def chosen(sight: Sight, prompt: Morning) -> Machine | None:
    """Return the device that is chosen."""
    found = devices(sight)
    return found[min(prompt.at, len(found) - 1)] if found else None


def machines(sight: Sight, prompt: Morning, width: int) -> list[Block]:
    """Return an entry for each device, with its service and its last function check."""
    here = chosen(sight, prompt)
    return [machineline(sight, one, width, marked=one is here) for one in devices(sight)]


def machineline(sight: Sight, one: Machine, width: int, *, marked: bool) -> Block:
    """Return `▸! zoll · defibrillator · Zoll · kuffert   service snart · service senest …`."""
    words = sight.words
    lead = f" {'▸' if marked else ' '}{_mark(one)} "
    state = words.named("machine", one.state)
    parts = (
        f"{state}: {one.reason}" if one.reason else state,
        words.text("morning.service", day=_day(sight, one.service_due))
        if one.service_due
        else words.text("morning.unserviced"),
        words.text("morning.checked", day=_day(sight, one.tested_on), by=one.tested_by).rstrip()
        if one.tested_on
        else words.text("morning.unchecked"),
    )
    what = label(sight, one.title) if one.title else one.what
    text = " · ".join((one.name, what, one.make, one.place))
    tone = Tone.STRONG if marked else Tone.PLAIN
    return block(one.name, lead, text, " · ".join(parts), width, tone)


def _mark(one: Machine) -> str:
    """Return what a device weighs: it holds, is not checked, out of use, to be known, in order."""
    holds = one.holds or one.state in _HOLDS
    return _MARKS.get(one.state, "✗" if holds else "!")


def _day(sight: Sight, day: date | None) -> str:
    """Return a day, with its year where that is another than this."""
    if day is None:
        return ""
    year = f" {day.year}" if day.year != sight.today.year else ""
    return f"{sight.forms.day(day)}{year}"
