"""Keys into commands and prompts: pure; the daemon alone decides what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass

from daemon.protocol.commands import Acknowledge, Command, End, Start
from daemon.protocol.messages import Answer, Result
from tui.age import LONGEST, SIGNS, Unclear, age_and_code
from tui.order import acknowledgeable
from tui.prompt import (
    ANSWER_S,
    ARMED_S,
    AskAge,
    Awaiting,
    EndArmed,
    Prompt,
    note,
)
from tui.sight import Sight

CODE = "3021"
"""The service that is started where no code is typed after the age."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who presses the keys, and the number of the command that is being made."""

    by: str
    number: int

    @property
    def id(self) -> str:
        """Return an id that this dashboard has not used before."""
        return f"c{self.number}"


Outcome = Prompt | Command
"""What a key leads to: something in the prompt row, or something to send."""


def acknowledged(sight: Sight, asker: Asker) -> Outcome:
    """Return the acknowledgement of the uppermost alarm that waits for a person."""
    alarm = acknowledgeable(sight.bed.alarms.values())
    if alarm is None:
        return note("note.quiet", sight.now)
    return Acknowledge(id=asker.id, by=asker.by, bed=alarm.bed, alarm=alarm.id, device=alarm.device)


def begun(sight: Sight) -> Prompt:
    """Return the question for an age, unless an anaesthetic is running."""
    return note("note.running", sight.now) if sight.running else AskAge()


def typed(prompt: AskAge, sign: str) -> Prompt:
    """Return the prompt after one more sign; a sign that no age has changes nothing."""
    sign = sign.lower()
    if sign not in SIGNS or len(prompt.typed) >= LONGEST:
        return prompt
    return AskAge(prompt.typed + sign)


def erased(prompt: AskAge) -> Prompt:
    """Return the prompt without its last sign."""
    return AskAge(prompt.typed[:-1])


def entered(sight: Sight, prompt: AskAge, asker: Asker) -> Outcome:
    """Return the start of an anaesthetic, or the question again where the age is unclear."""
    found, code = age_and_code(prompt.typed, CODE)
    if isinstance(found, Unclear):
        return AskAge(prompt.typed, found)
    return Start(id=asker.id, by=asker.by, bed=sight.bed_name or "", code=code, age=found)


def ended(sight: Sight, prompt: Prompt, asker: Asker) -> Outcome:
    """Return the end of the anaesthetic on the second press within ARMED_S; the first asks."""
    if sight.running is None:
        return note("note.idle", sight.now)
    if isinstance(prompt, EndArmed) and sight.now.monotonic <= prompt.until:
        return End(id=asker.id, by=asker.by, bed=sight.bed_name or "")
    return EndArmed(sight.now.monotonic + ARMED_S)


def awaiting(command: Command, sight: Sight) -> Prompt:
    """Return the prompt of a command that was just sent."""
    return Awaiting(command.id, sight.now.monotonic + ANSWER_S)


def answered(answer: Answer, sight: Sight) -> Prompt:
    """Return the line that tells what became of a command."""
    match answer.result:
        case Result.RECORDED:
            return note("answer.recorded", sight.now)
        case Result.IN_EFFECT:
            return note("answer.in_effect", sight.now)
        case Result.REFUSED:
            return note("answer.refused", sight.now, answer.reason)
