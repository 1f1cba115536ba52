"""Keys that fill in a form: pure; what is made of it goes to the daemon, which alone decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from daemon.protocol.commands import Enter, Plan
from tui.commands import Asker, Outcome, said
from tui.fields import YES, Field, Option
from tui.forms import FORMS
from tui.prompt import IDLE, Ask, Gate, Prompt, note
from tui.sight import Sight
from vitals.deeds import Give

LONGEST = 120
_OF_THE_GATE = ("anyway", "anyway_unattached", "cancel")


def begun(sight: Sight, form: str, at: float | None = None) -> Prompt:
    """Return the first question of a form, unless there is nothing to choose from."""
    prompt = Ask(form, at=at)
    field = asked(prompt)
    if not field.pattern and not field.options(sight):
        return note("note.nothing", sight.now)
    return prompt


def asked(prompt: Ask) -> Field:
    """Return the field that is asked for."""
    return FORMS[prompt.form].fields[len(prompt.answers)]


def typing(prompt: Prompt) -> bool:
    """Tell whether every letter is text just now."""
    return isinstance(prompt, Ask) and bool(asked(prompt).pattern)


def pressed(sight: Sight, prompt: Ask, sign: str, asker: Asker) -> Outcome | None:
    """Return what a key leads to; None for a key that the question has no use for."""
    if sign == "escape":
        return Gate() if prompt.form in _OF_THE_GATE else IDLE
    if sign == "backspace":
        return _back(prompt)
    field = asked(prompt)
    if field.every:
        return _ticked(sight, prompt, field, sign, asker)
    if field.pattern:
        return _typed(sight, prompt, field, sign, asker)
    return _picked(sight, prompt, field.options(sight), sign, asker)


def _back(prompt: Ask) -> Prompt:
    """Return the question without its last sign, or the one before it."""
    if prompt.typed:
        return replace(prompt, typed=prompt.typed[:-1], unclear=False)
    return replace(prompt, answers=prompt.answers[:-1], unclear=False)


def _ticked(sight: Sight, prompt: Ask, field: Field, sign: str, asker: Asker) -> Outcome | None:
    names, ticked = field.picks, set(prompt.typed.split())
    if sign == "enter":
        whole = ticked == set(names)
        return _answered(sight, prompt, prompt.typed, asker) if whole else _unclear(prompt)
    found = next((one.value for one in field.options(sight) if one.key == sign.lower()), None)
    if found is None:
        return None
    ticked ^= {found}
    kept = " ".join(name for name in names if name in ticked)
    return replace(prompt, typed=kept, unclear=False)


def _typed(sight: Sight, prompt: Ask, field: Field, sign: str, asker: Asker) -> Outcome | None:
    if sign == "enter":
        text = prompt.typed.strip()
        fits = re.fullmatch(field.pattern, text) is not None
        return _answered(sight, prompt, text, asker) if fits else _unclear(prompt)
    if len(sign) != 1:
        return None
    return replace(prompt, typed=(prompt.typed + sign)[:LONGEST], unclear=False)


def _picked(
    sight: Sight, prompt: Ask, options: Sequence[Option], sign: str, asker: Asker
) -> Outcome | None:
    for option in options:
        if option.key == sign.lower():
            return _answered(sight, prompt, option.value, asker)
    return None


def _unclear(prompt: Ask) -> Prompt:
    return replace(prompt, unclear=True)


def _answered(sight: Sight, prompt: Ask, answer: str, asker: Asker) -> Outcome:
    """Return the next question, the form that follows, or what is said."""
    form, answers = FORMS[prompt.form], (*prompt.answers, answer)
    if len(answers) < len(form.fields):
        return replace(prompt, answers=answers, typed="", unclear=False)
    if answer in form.leads:
        return begun(sight, form.leads[answer], prompt.at)
    if form.made is None:
        return _again(sight, prompt, answer, asker)
    outcome = said(sight, form.made(answers[:-1] if form.keyed else answers), asker, prompt.at)
    if form.keyed and isinstance(outcome, Enter):
        return structs.replace(outcome, patient=answer or None)
    return outcome


def _again(sight: Sight, prompt: Ask, answer: str, asker: Asker) -> Outcome:
    """Return the command that was refused, with what it lacked."""
    match prompt.again:
        case Plan():
            return structs.replace(prompt.again, id=asker.id, site=answer)
        case Enter(deed=Give() as give) if prompt.form == "despite":
            return _despite(prompt.again, give, answer, asker)
        case Enter():
            since = sight.now.monotonic if prompt.at is None else prompt.at
            ago_s = max(0.0, sight.now.monotonic - since)
            return structs.replace(prompt.again, id=asker.id, ago_s=ago_s, reason=answer)
        case _:
            return IDLE


def _despite(again: Enter, give: Give, answer: str, asker: Asker) -> Outcome:
    """Return the injection in spite of what holds it; nothing where it was not given."""
    if answer != YES:
        return IDLE
    return structs.replace(again, id=asker.id, deed=structs.replace(give, anyway=True))
