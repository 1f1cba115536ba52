"""What stands while an answer is awaited, and what it was typed in; pure."""

from __future__ import annotations

from daemon.protocol.commands import Aged, Enter, Plan
from daemon.protocol.limits import ChooseBand, SetLimit
from daemon.protocol.request import Request
from tui.forms import FORMS
from tui.prompt import ANSWER_S, Ask, AskAge, Awaiting, Form, Prompt
from tui.sight import Sight
from vitals.deeds import Attest, Call

_AT_ONCE = (Call, Attest)
"""Said by one key, whatever is open."""


def awaiting(command: Request, sight: Sight, form: Form | None = None) -> Awaiting:
    """Return the line of a command that was just sent."""
    return Awaiting(command.id, sight.now.monotonic + ANSWER_S, command, form)


def written(prompt: Prompt, command: Request) -> Form | None:
    """Return the form that a command was typed in; None where there is nothing to lose."""
    match prompt, command:
        case AskAge(), Plan() | Aged():
            return prompt
        case Ask(origin=Ask() | AskAge() as origin), Enter() | Plan() | SetLimit():
            return origin
        case Ask(form=form), SetLimit() | ChooseBand():
            return prompt
        case Ask(form=form), Enter(deed=deed) if not isinstance(deed, _AT_ONCE):
            return prompt if FORMS[form].written else None
        case _:
            return None
