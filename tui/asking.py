"""Keys that fill in a form: pure; what is made of it goes to the daemon, which alone decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from daemon.protocol.commands import AnswerCall, Enter, Plan
from daemon.protocol.limits import SetLimit
from daemon.protocol.saying import Do, SetPin
from tui import acting, pinning
from tui.commands import Asker, Outcome, said
from tui.fields import YES, Field, Option
from tui.forms import FORMS
from tui.options import paged, turned
from tui.prompt import IDLE, Ask, Gate, Listing, Note, Prompt, Query, note
from tui.sight import Sight
from vitals.deeds import Give, Rebook, Said

LONGEST = 120
_OF_THE_GATE = ("cancel",)
_TURNS = {"left": -1, "pageup": -1, "right": 1, "pagedown": 1}


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


def before(prompt: Ask) -> str:
    """Return what the field was answered with before; empty where it was not."""
    return prompt.kept[len(prompt.answers)] if len(prompt.answers) < len(prompt.kept) else ""


def typing(prompt: Prompt) -> bool:
    """Tell whether every letter is text just now."""
    if isinstance(prompt, Listing):
        return prompt.query in (Query.LINE, Query.DAY)
    return isinstance(prompt, Ask) and bool(asked(prompt).pattern)


def pressed(sight: Sight, prompt: Ask, sign: str, asker: Asker) -> Outcome | None:
    """Return what a key leads to; None for a key that the question has no use for."""
    if sign == "escape":
        return Gate() if prompt.form in _OF_THE_GATE else prompt.origin or IDLE
    if sign == "up" or (sign == "backspace" and not _erasable(prompt)):
        return _back(prompt)
    field = asked(prompt)
    if field.ticked:
        return _ticked(sight, prompt, field, sign, asker)
    if field.pattern:
        return _typed(sight, prompt, field, sign, asker)
    return _picked(sight, prompt, field.options(sight), sign, asker)


def text(prompt: Ask, pasted: str) -> Ask:
    """Return the question with text behind what is typed, or instead of a number on offer."""
    instead = prompt.offered and prompt.typed.isdecimal() and pasted.isdecimal()
    start = "" if instead else prompt.typed
    return replace(prompt, typed=(start + pasted)[:LONGEST], unclear=False, offered=False)


def _erasable(prompt: Ask) -> bool:
    return bool(prompt.typed) and bool(asked(prompt).pattern)


def _back(prompt: Ask) -> Ask:
    """Return the question before it, with what was answered to it; nothing is forgotten."""
    if not prompt.answers:
        return prompt
    answers = prompt.answers[:-1]
    fields = FORMS[prompt.form].fields
    while answers and fields[len(answers)].skipped(answers):
        answers = answers[:-1]
    here = (prompt.typed,) if asked(prompt).pattern or asked(prompt).ticked else (before(prompt),)
    told = (*prompt.answers, *here)
    return _at(replace(prompt, kept=(*told, *prompt.kept[len(told) :])), answers)


def _at(prompt: Ask, answers: tuple[str, ...]) -> Ask:
    """Return the question after `answers`, filled in as it was before."""
    moved = replace(prompt, answers=answers, page=0, typed="", unclear=False)
    field = asked(moved)
    if not (field.pattern or field.ticked):
        return moved
    typed = before(moved)
    return replace(moved, typed=typed, offered=bool(typed))


def _ticked(sight: Sight, prompt: Ask, field: Field, sign: str, asker: Asker) -> Outcome | None:
    names, ticked = field.picks, set(prompt.typed.split())
    if sign == "enter":
        whole = field.some or ticked == set(names)
        return _answered(sight, prompt, prompt.typed, asker) if whole else _unclear(prompt)
    options = {one.key: one.value for one in field.options(sight)}
    if sign.lower() not in options:
        return None
    ticked ^= {options[sign.lower()]}
    kept = " ".join(name for name in names if name in ticked)
    return replace(prompt, typed=kept, unclear=False)


def _typed(sight: Sight, prompt: Ask, field: Field, sign: str, asker: Asker) -> Outcome | None:
    if sign == "enter":
        typed = prompt.typed.strip()
        fits = re.fullmatch(field.pattern, typed) is not None
        possible = fits and (field.possible is None or field.possible(typed))
        found = (field.meant(sight, typed) if field.meant else typed) if possible else None
        return _unclear(prompt) if found is None else _answered(sight, prompt, found, asker)
    if sign == "backspace":
        return replace(prompt, typed=prompt.typed[:-1], unclear=False, offered=False)
    return text(prompt, sign) if len(sign) == 1 else None


def _picked(
    sight: Sight, prompt: Ask, options: Sequence[Option], sign: str, asker: Asker
) -> Outcome | None:
    if sign in _TURNS:
        return turned(prompt, options, _TURNS[sign])
    kept = before(prompt)
    for option in paged(prompt, options):
        if option.key == sign.lower() or (sign == "enter" and kept and option.value == kept):
            return _answered(sight, prompt, option.value, asker)
    return None


def _unclear(prompt: Ask) -> Prompt:
    return replace(prompt, unclear=True)


def _answered(sight: Sight, prompt: Ask, answer: str, asker: Asker) -> Outcome:
    """Return the next question, the form that follows, or what is said."""
    form, answers = FORMS[prompt.form], (*prompt.answers, answer)
    while len(answers) < len(form.fields) and form.fields[len(answers)].skipped(answers):
        answers = (*answers, "")
    if len(answers) < len(form.fields):
        return _at(prompt, answers)
    if answer in form.leads:
        return begun(sight, form.leads[answer], prompt.at)
    if form.sends is not None:
        return form.sends(sight, answers, asker)
    if form.made is None:
        return _again(sight, prompt, answer, asker)
    return _said(sight, prompt, form.made(answers[:-1] if form.keyed else answers), answer, asker)


def _said(
    sight: Sight, prompt: Ask, told: Said | tuple[Said, ...], last: str, asker: Asker
) -> Outcome:
    """Return what is said, or the form where nothing can be said just now."""
    form, at = FORMS[prompt.form], prompt.at
    if form.since is not None and (then := form.since(sight, last)) is not None:
        at = then
    outcome = said(sight, told, asker, at)
    if isinstance(outcome, Note) and form.written:
        return replace(prompt, told=outcome)
    if form.keyed and isinstance(outcome, Enter):
        return structs.replace(outcome, patient=last or None)
    return outcome


def _again(sight: Sight, prompt: Ask, answer: str, asker: Asker) -> Outcome:
    """Return the command that was refused, with what it lacked."""
    again = prompt.again
    match again:
        case Do():
            return acting.completed(sight, prompt, again, answer, (asker.id, asker.by))
        case SetPin():
            return pinning.completed(sight, prompt, again, answer, asker)
        case Enter():
            return _entered(sight, prompt, again, answer, asker)
        case Plan() | AnswerCall() | SetLimit() if given := _lacked(again, answer):
            return structs.replace(again, id=asker.id, **given)
        case _:
            return prompt.origin or IDLE


def _lacked(again: Plan | AnswerCall | SetLimit, answer: str) -> dict[str, object]:
    """Return what a command that was refused lacked, by name; nothing where the answer is no."""
    match again:
        case Plan():
            return {"site": answer}
        case AnswerCall():
            return {"by": answer}
        case SetLimit():
            return {"confirmed": True} if answer == YES else {}


def _entered(sight: Sight, prompt: Ask, again: Enter, answer: str, asker: Asker) -> Outcome:
    """Return an entry that was refused, with the site, the confirmation or the reason."""
    ago_s = _ago_s(sight, prompt)
    match again.deed:
        case Rebook() as other if prompt.form == "site":
            deed = structs.replace(other, site=answer)
            return structs.replace(again, id=asker.id, ago_s=ago_s, deed=deed)
        case Give() as give if prompt.form == "despite":
            return _despite(prompt, again, give, answer, asker)
        case _ if prompt.form == "morning_pin":
            return structs.replace(again, id=asker.id, ago_s=ago_s, pin=answer)
        case _:
            return structs.replace(again, id=asker.id, ago_s=ago_s, reason=answer)


def _ago_s(sight: Sight, prompt: Ask) -> float:
    """Return how long ago it happened by now, in s."""
    return 0.0 if prompt.at is None else max(0.0, sight.now.monotonic - prompt.at)


def _despite(prompt: Ask, again: Enter, give: Give, answer: str, asker: Asker) -> Outcome:
    """Return the injection in spite of what holds it; the form again where it was not given."""
    if answer != YES:
        return prompt.origin or IDLE
    return structs.replace(again, id=asker.id, deed=structs.replace(give, anyway=True))
