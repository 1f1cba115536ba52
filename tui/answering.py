"""What became of a command: a line to read, the start check, or what is asked back; pure."""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.account import Asked
from daemon.protocol.commands import Command, Enter, Plan
from daemon.protocol.messages import Answer, Refusal, Result
from tui.prompt import (
    ANSWER_S,
    IDLE,
    Ask,
    AskAge,
    Awaiting,
    Choose,
    EndArmed,
    Gate,
    Note,
    Owner,
    Prompt,
    Trend,
    When,
    note,
)
from tui.sight import Sight
from vitals.deeds import Conclude, Give, Leave
from vitals.vocabulary import CaseKind

_PINS = {Refusal.PIN_ASKED, Refusal.PIN_WRONG}
"""A signature that wants the PIN of who signs: it is asked for, and sent anew with it."""


def answered(answer: Answer, prompt: Prompt, sight: Sight) -> Prompt:
    """Return the prompt once an answer has come; a question that is being answered stays."""
    match prompt:
        case AskAge() | Choose() | EndArmed() | Ask() | When():
            return prompt
        case Gate() if answer.result is Result.RECORDED and not answer.flags:
            return replace(prompt, line=IDLE)  # the points say so themselves: the keys stand there
        case Gate() | Trend() | Owner():
            return replace(prompt, line=told(answer, sight))
        case Awaiting(id=answer.id, command=Command() as command, until=until):
            followed = _followed(answer, command, until - ANSWER_S, sight)
            return followed or told(answer, sight)
        case _:
            return told(answer, sight)


def told(answer: Answer, sight: Sight) -> Note:
    """Return the line that tells what became of a command."""
    line = note(f"answer.{answer.result.value}", sight.now, answer.reason)
    more = answer.flags or answer.holds or answer.detail
    return replace(line, answer=answer) if more else line


def _followed(answer: Answer, command: Command, sent: float, sight: Sight) -> Prompt | None:
    """Return the question that an answer leads to; None where there is none.

    `sent` is when the command was, in monotonic s.
    """
    match command:
        case Plan() if answer.reason is Refusal.AMBIGUOUS:
            return Ask("site", again=command)
        case Plan(case_kind=CaseKind.ANAESTHETIC) if answer.result is not Result.REFUSED:
            return Gate()
        case Enter():
            return _lacking(answer, command, sent, sight)
        case _:
            return None


def _lacking(answer: Answer, command: Enter, sent: float, sight: Sight) -> Prompt | None:
    """Return the question for what an entry lacked; None where nothing mends it."""
    at = sent - command.ago_s
    if answer.reason in _PINS:
        return Ask("morning_pin", at=at, again=command)
    if answer.reason is Refusal.REASON_MISSING:
        late = Ask("late", at=at, again=command)
        return Ask("explain") if _owed(command, sight) else late
    held = isinstance(command.deed, Give) and answer.reason is Refusal.HELD
    return Ask("despite", again=command) if held else None


def _owed(command: Enter, sight: Sight) -> bool:
    """Tell whether the end of monitoring waits for why it was started in spite of something."""
    asks = sight.case.asks if sight.case else ()
    return isinstance(command.deed, Conclude | Leave) and Asked.EXPLAIN in asks
