"""A question about a patient ends with that patient: what was said of one is never put on another.

Pure.
"""

from __future__ import annotations

from daemon.protocol.commands import Enter
from tui.acting import PRACTICE
from tui.prompt import Ask, AskAge, Awaiting, EndArmed, Gate, Prompt, When, note
from tui.sight import Reach, Sight
from tui.starting import closed

_OF_NOBODY = frozenset({*PRACTICE, "answer", "site"})
"""Forms about the practice, about a call, and about somebody who is planned only now."""


def of_patient(prompt: Prompt) -> bool:
    """Tell whether what is open is about whoever is at the bed."""
    match prompt:
        case Ask(form=form, again=again):
            return isinstance(again, Enter) or (again is None and form not in _OF_NOBODY)
        case AskAge(of_case=so):
            return so
        case Awaiting(form=form):
            return form is not None and of_patient(form)
        case _:
            return isinstance(prompt, Gate | When | EndArmed)


def kept(sight: Sight, about: str) -> tuple[Prompt, str]:
    """Return what stays open, and the case that it is about; `about` is the one that it was.

    Empty is a question that was asked before there was a case. Without word from the daemon
    nothing is known, and nothing ends.
    """
    prompt = closed(sight, sight.prompt)
    if sight.reach is not Reach.LIVE or not sight.mirror.complete:
        return prompt, about
    here = sight.case.case if sight.case else ""
    other = of_patient(prompt) and about not in ("", here)
    return (note("note.left", sight.now) if other else prompt), here
