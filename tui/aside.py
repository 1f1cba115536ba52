"""What there is to say beside the answer to a command, in rows of its own; pure.

What holds it has words, and so has what people meet daily. Anything else is the daemon's own line:
it is English, and stands on an English screen alone, or where it alone has the way on.
"""

from __future__ import annotations

from daemon.protocol.messages import Answer, Refusal, Result
from tui.against import against
from tui.because import because
from tui.checklist import barred
from tui.prompt import Ask, AskAge, Gate, Listing, Morning, Note, Opened, Prompt, page_of
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, shorten, wrapped
from words.catalogue import Language
from words.flagged import FLAGGED

ROWS = 2
"""It takes no more of a bed's view."""
DETAILED = (Refusal.BAD_ACT, Refusal.UNCONFIRMED)
"""Where what it rests on has the way on."""
_WHOLE = (Refusal.PIN_ASKED, Refusal.PIN_WRONG, Refusal.PIN_UNSET)
"""What the words of its reason say whole."""


def aside(sight: Sight) -> str:
    """Return what holds it or why it was refused or flagged; empty where all is said."""
    match sight.prompt:
        case Morning(opened=Opened() as opened, line=Note(word="morning.unfinished")):
            return barred(sight, opened)
        case prompt:
            answer = _answer(prompt)
            return "" if answer is None else explained(sight, answer)


def asiderows(sight: Sight, width: int, height: int) -> list[Row]:
    """Return it in `height` rows above what is asked or was answered, whose keys stay in sight."""
    lines = _lines(sight, width)
    told = ((Span(f" {lines[y]}", Tone.STRONG),) if y < len(lines) else () for y in range(height))
    return [fit(row, width) for row in told]


def rows_for_aside(sight: Sight, width: int) -> int:
    """Return how many rows it takes at a bed; none where a page tells it itself."""
    return len(_lines(sight, width))


def _lines(sight: Sight, width: int) -> list[str]:
    """Return the rows of it; of what is longer, as much as they hold."""
    if page_of(sight.prompt) is not None:
        return []
    lines = wrapped(aside(sight), width - 2)
    return (
        [*lines[: ROWS - 1], shorten(" ".join(lines[ROWS - 1 :]), width - 2)]
        if lines[ROWS:]
        else lines
    )


def explained(sight: Sight, answer: Answer) -> str:
    """Return what an answer rests on, beside the words of its reason and its flags."""
    if not (answer.result is Result.REFUSED or answer.flags):
        return ""
    line = _parted(sight, answer)
    if line or answer.reason in _WHOLE:
        return line
    if holds := " · ".join(sight.words.hold(one) for one in answer.holds):
        return holds
    return _flagged(sight, answer) if answer.flags else _own(sight, answer)


def _parted(sight: Sight, answer: Answer) -> str:
    """Return what came in parts, for which there are words."""
    if answer.because is not None:
        return because(sight, answer.because)
    return against(sight.words, answer.against) if answer.against is not None else ""


def _flagged(sight: Sight, answer: Answer) -> str:
    """Return what there is to say of an entry that was taken all the same."""
    words = [f"flagged.{flag}" for flag in answer.flags]
    return " · ".join(sight.words.text(word) for word in words if word in FLAGGED)


def _own(sight: Sight, answer: Answer) -> str:
    """Return the daemon's own line where it can be read, or where it alone has the way on."""
    read = sight.words.language is Language.ENGLISH or answer.reason in DETAILED
    return answer.detail if read else ""


def _answer(prompt: Prompt) -> Answer | None:
    """Return the answer whose line stands just now."""
    match prompt:
        case Note():
            told: object = prompt
        case Gate(line=line) | Listing(line=line) | Morning(line=line):
            told = line
        case Ask(told=line) | AskAge(told=line):
            told = line
        case _:
            told = None
    return told.answer if isinstance(told, Note) else None
