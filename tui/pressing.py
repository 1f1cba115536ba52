"""One key on a bed: to the question that is open, else to what the key says; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from daemon.protocol.request import Request
from tui import (
    asking,
    commands,
    keymap,
    leafing,
    moment,
    moving,
    newcase,
    palette,
    planning,
    routine,
    starting,
    trending,
)
from tui.commands import Asker, Outcome
from tui.lanes import lanes
from tui.prompt import (
    IDLE,
    Ask,
    AskAge,
    Choose,
    Gate,
    Listing,
    Morning,
    Note,
    Owner,
    Page,
    Palette,
    Press,
    Prompt,
    Query,
    Stay,
    Trend,
    When,
    note,
)
from tui.sight import Sight

Pressed = Outcome | Press | None
"""None: the key means nothing here."""
_ALWAYS = "AK"
"""Acknowledging and calling go through every question that has no other use for the key."""
_THROUGH = "A!"
"""A page of the practice covers the patient: what is typed there says nothing of them."""
_OF_PATIENT = "AK!"
"""The trend is of the patient: calling goes through it."""
_STEPS = {"left": -1, "up": -1, "right": 1, "down": 1}


def pressed(sight: Sight, sign: str, asker: Asker) -> Pressed:
    """Return what a key leads to; `sign` is the sign typed, or the name of a key without one."""
    if not open_question(sight):
        return _free(sight, sign, asker)
    found = _question(sight, sign, asker)
    if found is None and sign.upper() in _through_keys(sight.prompt):
        return _through(sight, sign, asker)
    if found is None and isinstance(sight.prompt, Page) and len(sign) == 1:
        word = "trend.no_key" if isinstance(sight.prompt, Trend) else "morning.no_key"
        return replace(sight.prompt, line=note(word, sight.now))
    return found


def open_question(sight: Sight) -> bool:
    """Tell whether a question is open that keys belong to first."""
    return isinstance(sight.prompt, AskAge | Choose | Ask | Gate | When | Listing | Palette | Page)


def pasted(sight: Sight, text: str, asker: Asker) -> Pressed:
    """Return what pasted text leads to: rows of the day list, or so much more that is typed."""
    line = " ".join(text.split())
    match sight.prompt:
        case Listing(query=None | Query.LINE) as prompt if line:
            return planning.pasted(sight, prompt, text.strip("\r\n"), asker)
        case Morning() as prompt if line:
            return routine.pasted(prompt, text)
        case Ask() as prompt if asking.typing(prompt):
            return asking.text(prompt, line)
        case _:
            return None


def _question(sight: Sight, sign: str, asker: Asker) -> Pressed:
    match sight.prompt:
        case Ask() as prompt:
            return asking.pressed(sight, prompt, sign, asker)
        case Palette() as prompt:
            return palette.pressed(sight, prompt, sign)
        case Gate() | Listing() | Morning() | Trend() | Owner():
            return _view(sight, sign, asker)
        case _ if sign == "escape":
            return IDLE
        case _:
            return _short(sight, sign, asker)


def _view(sight: Sight, sign: str, asker: Asker) -> Pressed:
    match sight.prompt:
        case Gate() as prompt:
            return starting.pressed(sight, prompt, sign, asker)
        case Listing() as prompt:
            return planning.pressed(sight, prompt, sign, asker)
        case Morning() as prompt:
            return routine.pressed(sight, prompt, sign, asker)
        case _:
            return _page(sight, sign)


def _page(sight: Sight, sign: str) -> Pressed:
    match sight.prompt:
        case Owner() as prompt:
            return leafing.pressed(sight, prompt, sign)
        case Trend() as prompt:
            return trending.pressed(prompt, sign, len(lanes(sight, prompt)))
        case _:
            return None


def _short(sight: Sight, sign: str, asker: Asker) -> Pressed:
    match sight.prompt:
        case AskAge() as prompt:
            return _age(sight, prompt, sign, asker)
        case Choose() as prompt:
            return _choice(sight, prompt, sign, asker)
        case When() as prompt:
            return _time(sight, prompt, sign, asker)
        case _:
            return None


def _through_keys(prompt: Prompt) -> str:
    """Return the keys that go through what is open, where it has no other use for them."""
    if isinstance(prompt, Trend):
        return _OF_PATIENT
    return _THROUGH if isinstance(prompt, Page) else _ALWAYS


def _through(sight: Sight, sign: str, asker: Asker) -> Pressed:
    """Return what a key of every question leads to; a page stays open under it."""
    found = _free(sight, sign, asker)
    if not isinstance(sight.prompt, Page):
        return found
    match found:
        case Request():
            return Stay(found, sight.prompt)
        case Note():
            return replace(sight.prompt, line=found)
        case _:
            return found


def _free(sight: Sight, sign: str, asker: Asker, at: float | None = None) -> Pressed:
    """Return what a key says where no question has a use for it."""
    key = sign.upper()
    if key in _OF_THE_BED:
        return _OF_THE_BED[key](sight, asker)
    if key == "S":
        return commands.ended(sight, sight.prompt, asker, at)
    if key in moment.BEGINS and sight.case is not None:
        return When(key)
    return keymap.pressed(sight, key, asker, at)


_OF_THE_BED: Mapping[str, Callable[[Sight, Asker], Outcome]] = {
    "A": commands.acknowledged,
    "N": lambda sight, _: commands.begun(sight),
    "G": lambda sight, _: commands.aged(sight),
    ":": lambda sight, _: palette.begun(sight.prompt),
    "!": lambda sight, _: note("note.bang", sight.now),
}


def _age(sight: Sight, prompt: AskAge, sign: str, asker: Asker) -> Pressed:
    if sight.searching:
        return newcase.pressed(sight, prompt, sign, asker)
    if sign == "enter":
        return commands.entered(sight, prompt, asker)
    if prompt.of_case:
        return newcase.aged(sight, prompt, sign)
    if sign == "backspace":
        return commands.erased(prompt)
    found = commands.typed(prompt, sign)
    return None if found is prompt else found


def _choice(sight: Sight, prompt: Choose, sign: str, asker: Asker) -> Pressed:
    if sign == "enter":
        return moving.entered(sight, prompt, asker)
    if sign in _STEPS:
        return moving.stepped(prompt, _STEPS[sign])
    found = moving.typed(prompt, sign)
    return None if found is prompt else found


def _time(sight: Sight, prompt: When, sign: str, asker: Asker) -> Pressed:
    """Return the time after one more sign, or what happened then."""
    if sign == "backspace":
        return When(prompt.typed[:-1])
    if sign in moment.SIGNS:
        return moment.typed(prompt, sign)
    at = moment.moment(sight, prompt.typed)
    if at is None:
        return When(prompt.typed, unclear=True)
    return _free(sight, sign, asker, at)
