"""Keys of the morning view: pure. The daemon alone decides what becomes of what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from daemon.protocol.practice import Reason
from tui import gauging, moment, pinning, storing, tending, ticking
from tui.acting import Spoken, asking
from tui.checklist import lists, rows_of
from tui.commands import Asker
from tui.gasline import things
from tui.machineline import devices
from tui.peopleline import persons
from tui.prompt import IDLE, Ask, Idle, Morning, Page, Part, Prompt, note
from tui.sight import Reach, Sight
from tui.stockline import packs
from vitals.acts import ChooseClinic

STEPS = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
_TURNS = {"left": -1, "right": 1, "shift+tab": -1, "tab": 1}
_AIM = "]"
"""What a scanner types first that says which kind of code it read (ISO/IEC 15424)."""


def begun(sight: Sight, page: Page) -> Prompt:
    """Return a page of the practice, or that nothing is known of it."""
    return page if sight.reach is Reach.LIVE else note("note.unsent", sight.now)


def greeted(sight: Sight) -> Prompt:
    """Return the question for the clinic of the day, once, where nobody has said it."""
    prompt, clinic = sight.prompt, sight.practice.clinic
    if not isinstance(prompt, Morning) or prompt.greeted or clinic is None:
        return prompt
    prompt = replace(prompt, greeted=True)
    return prompt if clinic.chosen or sight.shows else _clinic(sight, prompt, None)


def pressed(sight: Sight, prompt: Morning, sign: str, asker: Asker) -> Spoken | Idle | None:
    """Return what a key leads to; None for a key that the view has no use for."""
    if prompt.scan is not None:
        return storing.typed(sight, prompt, sign, asker)
    if prompt.when or sign in moment.BEGINS:
        return _time(sight, prompt, sign, asker)
    if sign == _AIM:
        return storing.begun(prompt, sign)
    return _free(sight, prompt, sign, asker, None)


def pasted(prompt: Morning, text: str) -> Morning:
    """Return the scan line with what was pasted into it: some scanners do."""
    return storing.begun(prompt, (prompt.scan or "") + text.strip("\r\n")[: storing.LONGEST])


def _free(
    sight: Sight, prompt: Morning, sign: str, asker: Asker, at: float | None
) -> Spoken | Idle | None:
    prompt = replace(prompt, line=IDLE)
    if sign == "escape":
        return ticking.left(sight, prompt) if prompt.opened else IDLE
    if sign in STEPS:
        return _stepped(sight, prompt, STEPS[sign])
    if sign in _TURNS:
        return _turned(sight, prompt, _TURNS[sign])
    return _said(sight, prompt, sign, asker, at)


def _said(
    sight: Sight, prompt: Morning, sign: str, asker: Asker, at: float | None
) -> Spoken | None:
    """Return what a key says of the practice, or of what is chosen."""
    match prompt:
        case _ if sign.lower() == "s":
            return storing.begun(prompt)
        case _ if sign.lower() == "c":
            return _clinic(sight, prompt, at)
        case _:
            return _of_part(sight, prompt, sign, asker, at)


def _of_part(
    sight: Sight, prompt: Morning, sign: str, asker: Asker, at: float | None
) -> Spoken | None:
    match prompt:
        case Morning(part=Part.LISTS, opened=None):
            return _of_lists(sight, prompt, sign, asker, at)
        case Morning(part=Part.LISTS):
            return ticking.pressed(sight, prompt, sign, asker, at)
        case Morning(part=Part.MISSING):
            return _reason(sight, prompt) if sign == "enter" else None
        case _:
            return _of_things(sight, prompt, sign, asker, at)


def _of_lists(
    sight: Sight, prompt: Morning, sign: str, asker: Asker, at: float | None
) -> Spoken | None:
    """Return the list that is chosen opened, or signed."""
    match sign.lower():
        case "enter":
            return ticking.begun(sight, prompt)
        case "u":
            return ticking.signed(sight, prompt, asker, at)
        case _:
            return None


def _of_things(
    sight: Sight, prompt: Morning, sign: str, asker: Asker, at: float | None
) -> Spoken | None:
    match prompt.part:
        case Part.STOCK:
            return storing.pressed(sight, prompt, sign, at)
        case Part.GAS:
            return gauging.pressed(sight, prompt, sign, at)
        case Part.EQUIPMENT:
            return tending.pressed(sight, prompt, sign, asker, at)
        case _:
            return pinning.pressed(sight, prompt, sign)


def _reason(sight: Sight, prompt: Morning) -> Morning:
    """Return where what is missing can be mended: the row of its list, the stock or the gases."""
    found = _reasons(sight)
    if not found:
        return prompt
    one = found[min(prompt.at, len(found) - 1)]
    for listed in sight.practice.lists if one.what == "row" else ():
        if listed.target == one.target and any(row.id == one.id for row in listed.rows):
            return ticking.enter(prompt, listed, one.id)
    part = _MENDED.get(one.what, prompt.part)
    return replace(prompt, part=part, at=0 if part is not prompt.part else prompt.at)


def _time(sight: Sight, prompt: Morning, sign: str, asker: Asker) -> Spoken | Idle | None:
    """Return the time after one more sign, or what was done then; so many digits are a code."""
    if sign in ("escape", "backspace"):
        kept = prompt.when[:-1] if sign == "backspace" else ""
        return replace(prompt, when=kept, unclear=False)
    if sign in moment.SIGNS:
        typed = prompt.when + sign
        if len(typed) > moment.LONGEST:
            return storing.begun(prompt, typed)
        return replace(prompt, when=typed, unclear=False)
    at = moment.moment(sight, prompt.when)
    if at is None:
        return replace(prompt, unclear=True)
    return _free(sight, replace(prompt, when="", unclear=False), sign, asker, at)


def _stepped(sight: Sight, prompt: Morning, by: int) -> Morning:
    """Return the view with another row chosen; it does not go round."""
    last = max(0, _length(sight, prompt) - 1)
    return replace(prompt, at=max(0, min(last, min(prompt.at, last) + by)))


def _length(sight: Sight, prompt: Morning) -> int:
    """Return how many rows may be chosen."""
    if prompt.opened is not None:
        return len(rows_of(sight, prompt.opened))
    return len(_CHOSEN[prompt.part](sight))


def _turned(sight: Sight, prompt: Morning, by: int) -> Morning:
    """Return the group, or the part of the practice, before or behind."""
    if prompt.opened is not None:
        return ticking.turned(sight, prompt, by)
    parts = list(Part)
    there = parts[(parts.index(prompt.part) + by) % len(parts)]
    return replace(prompt, part=there, at=0)


def _clinic(sight: Sight, prompt: Morning, at: float | None) -> Ask | Morning:
    """Return the question where the work is; the last clinic is offered."""
    clinic = sight.practice.clinic
    if clinic is None or not clinic.sites:
        return replace(prompt, line=note("note.nothing", sight.now))
    offered = clinic.chosen or clinic.offered
    return asking("clinic", ChooseClinic(offered), prompt, at, (offered,))


def _reasons(sight: Sight) -> tuple[Reason, ...]:
    clinic = sight.practice.clinic
    return clinic.reasons if clinic else ()


_MENDED: Mapping[str, Part] = {
    "pack": Part.STOCK,
    "supply": Part.STOCK,
    "gas": Part.GAS,
    "device": Part.EQUIPMENT,
    "person": Part.PEOPLE,
    "plan": Part.PEOPLE,
}
"""Where what is missing is to be seen, and mended where that can be done here."""
_CHOSEN: Mapping[Part, Callable[[Sight], Sequence[object]]] = {
    Part.LISTS: lists,
    Part.STOCK: packs,
    Part.GAS: things,
    Part.EQUIPMENT: devices,
    Part.PEOPLE: persons,
    Part.MISSING: _reasons,
}
"""What of each part may be chosen."""
