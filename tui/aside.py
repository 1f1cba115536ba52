"""What there is to say beside the answer to a command, in the row below it; pure.

What holds it has words, and so has what people meet daily. Anything else is the daemon's own line,
in English.
"""

from __future__ import annotations

from daemon.protocol.messages import Answer, Result
from tui.because import because
from tui.prompt import Ask, AskAge, Gate, Listing, Note, Prompt
from tui.sight import Sight


def aside(sight: Sight) -> str:
    """Return what holds it or why it was refused or flagged; empty where all is said."""
    answer = _answer(sight.prompt)
    if answer is None or not (answer.result is Result.REFUSED or answer.flags):
        return ""
    if answer.because is not None:
        return because(sight, answer.because)
    return " · ".join(sight.words.hold(one) for one in answer.holds) or answer.detail


def _answer(prompt: Prompt) -> Answer | None:
    """Return the answer whose line stands just now."""
    match prompt:
        case Note():
            told: object = prompt
        case Gate(line=line) | Listing(line=line):
            told = line
        case Ask(told=line) | AskAge(told=line):
            told = line
        case _:
            told = None
    return told.answer if isinstance(told, Note) else None
