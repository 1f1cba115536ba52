"""What an answer does to what is open: nothing that was typed is lost, and it is told why; pure."""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.commands import Enter
from daemon.protocol.daylist import PasteRows, TakeRow
from daemon.protocol.limits import SetLimit
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.request import Request
from daemon.protocol.saying import Do
from tui import writing
from tui.answering import answered, told
from tui.limiting import CONFIRM
from tui.prompt import (
    ANSWER_S,
    IDLE,
    Ask,
    AskAge,
    Awaiting,
    Form,
    Gate,
    Listing,
    Morning,
    Note,
    Prompt,
    note,
)
from tui.sight import Sight
from vitals.acts import Cylinder, Receive
from vitals.deeds import Begin, Rebook
from vitals.vocabulary import CaseKind


def replied(answer: Answer, prompt: Prompt, sight: Sight) -> Prompt:
    """Return what is shown once an answer has come."""
    match prompt:
        case Listing():
            return _listed(answer, prompt, sight)
        case Morning():
            return _practised(answer, prompt, sight)
        case Awaiting(id=answer.id):
            return _awaited(answer, prompt, sight)
        case Gate(line=Awaiting(id=answer.id) as line) if _anyway(answer, line):
            return replace(prompt, line=note("answer.anyway", sight.now))
        case _:
            return answered(answer, prompt, sight)


def _awaited(answer: Answer, prompt: Awaiting, sight: Sight) -> Prompt:
    """Return what the answer to a command leads to."""
    if _anyway(answer, prompt):
        return note("answer.anyway", sight.now)
    if answer.result is Result.REFUSED:
        return _returned(answer, prompt, sight)
    if isinstance(prompt.command, TakeRow):
        return _opened(answer, sight)
    return answered(answer, prompt, sight)


def _anyway(answer: Answer, line: Awaiting) -> bool:
    """Tell whether an anaesthetic was started in spite of a hold."""
    match line.command:
        case Enter(deed=Begin(anyway=True)):
            return answer.result is not Result.REFUSED
        case _:
            return False


def _returned(answer: Answer, prompt: Awaiting, sight: Sight) -> Prompt:
    """Return what a refused command was typed in, or what is asked back."""
    match prompt:
        case Awaiting(command=Enter(deed=Rebook()) as again, form=Ask() as form) if (
            answer.reason is Refusal.AMBIGUOUS
        ):
            return Ask("site", at=form.at, again=again, origin=form)
        case Awaiting(command=SetLimit() as again, form=Ask() as form) if (
            answer.reason is Refusal.UNCONFIRMED
        ):
            return Ask(CONFIRM, again=again, origin=form)
        case Awaiting(form=Ask() | AskAge() as form):
            return _kept(answered(answer, prompt, sight), form)
        case _:
            return answered(answer, prompt, sight)


def _kept(after: Prompt, form: Form) -> Prompt:
    """Return the form with the refusal beside it, or what is asked back, which leads to it."""
    match after:
        case Note():
            return replace(form, told=after)
        case Ask():
            return replace(after, origin=form)
        case _:
            return after


def _listed(answer: Answer, prompt: Listing, sight: Sight) -> Prompt:
    """Return the list: a line that cannot be taken is there to be mended."""
    waiting = prompt.line
    if not isinstance(waiting, Awaiting) or waiting.id != answer.id:
        return replace(prompt, line=told(answer, sight))
    after = replace(prompt, line=told(answer, sight))
    refused = answer.result is Result.REFUSED
    match waiting.command:
        case TakeRow() if not refused:
            return _opened(answer, sight)
        case PasteRows() if refused:
            return writing.refused(after, answer)
        case PasteRows():
            return replace(writing.left(after), row=(*answer.rows, None)[0], line=after.line)
        case _:
            return after


def _practised(answer: Answer, prompt: Morning, sight: Sight) -> Prompt:
    """Return the morning view: what was typed and not taken is there to be mended."""
    waiting, after = prompt.line, replace(prompt, line=told(answer, sight))
    if not isinstance(waiting, Awaiting) or waiting.id != answer.id:
        return after
    order = waiting.command
    if answer.result is not Result.REFUSED:
        return _numbered(after, answer, order)
    if isinstance(order, Do) and (asks := _asked(answer, order, prompt, waiting, sight)):
        return asks
    after = replace(after, by="") if answer.reason is Refusal.UNKNOWN_INITIALS else after
    if isinstance(form := waiting.form, Ask):
        return replace(form, told=told(answer, sight), origin=replace(after, line=IDLE))
    return after


def _asked(
    answer: Answer, order: Do, prompt: Morning, waiting: Awaiting, sight: Sight
) -> Ask | None:
    """Return what is asked back of an act; None where nothing of it mends that."""
    at = waiting.until - ANSWER_S - order.ago_s
    if answer.reason is Refusal.REASON_MISSING:
        return Ask("morning_overdue", at=at, again=order, origin=prompt)
    if not _asks_back(order, answer):
        return None
    origin, line = replace(prompt, line=IDLE), told(answer, sight)
    return Ask("morning_again", at=at, again=order, origin=origin, told=line)


def _numbered(after: Morning, answer: Answer, order: Request | None) -> Morning:
    """Return the morning view with the number of the entry that an act is now."""
    whole = answer.result is Result.RECORDED and answer.rows and not answer.flags
    if not (whole and isinstance(order, Do) and isinstance(after.line, Note)):
        return after
    return replace(after, line=replace(after.line, word="morning.entry", answer=answer))


def _asks_back(order: Do, answer: Answer) -> bool:
    """Tell whether a label is asked about once, and taken when that is answered."""
    act = order.act
    once = isinstance(act, Cylinder | Receive) and not act.again
    return once and answer.reason is Refusal.UNCONFIRMED


def _opened(answer: Answer, sight: Sight) -> Prompt:
    """Return the start check of the case that was opened; a block has none."""
    block = sight.open is not None and sight.open.case_kind is CaseKind.BLOCK
    return told(answer, sight) if block else Gate(line=told(answer, sight))
