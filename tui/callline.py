"""An open call for the anaesthetist in words: it is as urgent as the most urgent alarm."""

from __future__ import annotations

from rich.cells import cell_len

from tui.order import MARKS
from tui.settings import UNNAMED
from tui.sight import Sight
from tui.sounding import Calling
from vitals.sounding import CallStep
from vitals.vocabulary import Priority
from words.forms import lasting

_APART = " · "


def call_text(sight: Sight, calling: list[Calling], room: int) -> str:
    """Return `!!! HØJ  Læge tilkaldt: Stue 2 · PO · 34 s · alle skærme` in `room` cells.

    Where that is too little, who called yields first, then for how long, then how many more call;
    never the number.
    """
    first = calling[0]
    by = "" if first.call.by == UNNAMED else first.call.by
    age, more = lasting(first.age_s), f"  + {len(calling) - 1}" if len(calling) > 1 else ""
    told = ((by, age, more), ("", age, more), ("", "", more), ("", "", ""))
    texts = [_joined(sight, first, *parts) for parts in told]
    return next((text for text in texts if cell_len(text) <= room), texts[-1])


def _joined(sight: Sight, one: Calling, by: str, age: str, more: str) -> str:
    urgency = f"{MARKS[Priority.HIGH]} {sight.words.named('priority', Priority.HIGH.value)}"
    parts = [_where(sight, one), by, age, _reached(sight, one)]
    return f"{urgency}  {_APART.join(part for part in parts if part)}{more}"


def _where(sight: Sight, one: Calling) -> str:
    if one.bed == sight.bed_name:
        return sight.words.text("call.here")
    return sight.words.text("call.there", bed=one.bed)


def _reached(sight: Sight, one: Calling) -> str:
    """Return how far it has gone, once it has gone further than the anaesthetist."""
    if one.call.step is CallStep.ANAESTHETIST:
        return ""
    if one.call.phone:
        return sight.words.text("call.phone", phone=one.call.phone)
    return sight.words.text("call.everywhere")
