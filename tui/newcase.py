"""Keys that plan a patient: what is done, where it has to be said, and how old; pure."""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.commands import Plan
from tui.age import LONGEST, Unclear, age, typeable
from tui.birth import SIGNS as DATED
from tui.birth import completed
from tui.commands import Asker, Outcome, entered
from tui.fields import Option
from tui.freely import freely
from tui.prompt import AskAge
from tui.searching import Hit, hits
from tui.sight import Sight
from tui.writing import SITE

STEPS = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
MORE = "+"
"""Looks for a procedure that is done besides."""
_WHOLE = 4
"""Digits of a number of a procedure: no age has so many."""


def found(sight: Sight, prompt: AskAge) -> list[Hit]:
    """Return what fits what is typed; nothing once something is chosen."""
    if prompt.chosen is not None:
        return []
    return hits(sight.catalogue.told, prompt.typed, sight.words.language.value)


def places(sight: Sight, hit: Hit) -> list[Option]:
    """Return the sites of which one is to be said, a key each; none where nothing is to be said."""
    if hit.site:
        return []
    return [one for one in SITE.options(sight) if one.value in hit.sites]


def pressed(sight: Sight, prompt: AskAge, sign: str, asker: Asker) -> Outcome | None:
    """Return what a key leads to; None for a key that has no use here."""
    if prompt.chosen is None:
        return _searched(sight, prompt, sign, asker)
    again = None if prompt.typed else _again(prompt, prompt.chosen, sign)
    return again or _answered(sight, prompt, prompt.chosen, sign, asker)


def _again(prompt: AskAge, hit: Hit, sign: str) -> AskAge | None:
    """Return the search again: what it was, or for a procedure beside what is chosen."""
    if sign == "backspace":
        return AskAge(prompt.sought)
    if sign == MORE and hit.numbers:
        return AskAge(" ".join((*hit.numbers, "")))
    return None


def _answered(sight: Sight, prompt: AskAge, hit: Hit, sign: str, asker: Asker) -> Outcome | None:
    """Return what a key leads to once something is chosen: its site first, then the age."""
    if options := places(sight, hit):
        site = next((one.value for one in options if one.key == sign.lower()), None)
        chosen = replace(hit, site=site or "")
        return replace(prompt, chosen=chosen) if site else None
    if sign == "enter":
        return _planned(sight, prompt, hit, asker)
    return aged(sight, prompt, sign)


def aged(sight: Sight, prompt: AskAge, sign: str) -> AskAge | None:
    """Return the age after one more sign; a whole date of birth is one at once.

    A sign that no age has stays in it, so that `1,5` is refused and never read as 15.
    """
    if sign == "backspace":
        return replace(prompt, typed=prompt.typed[:-1], unclear=None)
    sign = sign.lower()
    if not typeable(sign):
        return None
    if len(prompt.typed) >= DATED:
        return replace(prompt, unclear=Unclear.MALFORMED)
    text = prompt.typed + sign
    if not (text.isdigit() and len(text) == DATED):
        return replace(prompt, typed=text, unclear=None)
    found = completed(text, sight.today)
    unclear = None if found else Unclear.MALFORMED
    return replace(prompt, typed=found or "", unclear=unclear, told=None)


def _searched(sight: Sight, prompt: AskAge, sign: str, asker: Asker) -> Outcome | None:
    shown = found(sight, prompt)
    if sign == "enter":
        return _taken(sight, prompt, shown, asker)
    if sign in STEPS:
        at = min(prompt.at, len(shown) - 1) + STEPS[sign]
        return replace(prompt, at=max(0, min(len(shown) - 1, at)))
    if sign == "backspace":
        return AskAge(prompt.typed[:-1])
    if not _typeable(prompt, sign) or len(prompt.typed) >= LONGEST:
        return None
    return AskAge(prompt.typed + sign)


def _typeable(prompt: AskAge, sign: str) -> bool:
    """Tell whether a sign goes on with what is typed: behind an age no key goes through."""
    first, blank, _ = prompt.typed.partition(" ")
    if first[:1].isdigit() and not (blank and len(first) == _WHOLE):
        return typeable(sign)
    return len(sign) == 1 and sign.isprintable() and sign != "!"


def _taken(sight: Sight, prompt: AskAge, shown: list[Hit], asker: Asker) -> Outcome:
    """Return the question for the age of the hit that is chosen; a whole line is sent as it is."""
    line = freely(sight.catalogue, prompt.typed)
    if line is None and shown:
        hit = shown[min(prompt.at, len(shown) - 1)]
        return AskAge(chosen=hit, sought=prompt.typed)
    outcome = entered(sight, replace(prompt, typed=line or prompt.typed), asker)
    return replace(outcome, typed=prompt.typed) if isinstance(outcome, AskAge) else outcome


def _planned(sight: Sight, prompt: AskAge, hit: Hit, asker: Asker) -> Outcome:
    """Return the plan, or the question for the age again where that is unclear."""
    old = age(prompt.typed)
    if isinstance(old, Unclear):
        return replace(prompt, unclear=old)
    return Plan(
        id=asker.id,
        by=asker.by,
        bed=sight.bed_name or "",
        age=old,
        code=None if hit.numbers else hit.codes[0],
        procedures=hit.numbers,
        site=hit.site or None,
        case_kind=hit.kind,
    )
