"""What the verbs of the practice share: how something is said to the daemon, and what became of it.

What is said is built before the daemon is asked for, so that a slip of the keys is told also
where none runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from json import dumps
from pathlib import Path

import msgspec

from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.plainly import plainly
from daemon.protocol.saying import Do
from tui.against import against
from tui.because import because
from tui.sight import Tongue
from vagt import ago, output, phrase
from vagt.main import UsageError
from vagt.show import LANGUAGES, SOCKET, initials
from vagt.visit import visit
from vitals.acts import Done
from words.catalogue import Language, Words
from words.forms import Forms

Deeds = Callable[..., argparse.ArgumentParser]
"""Adds a deed to a verb; its type is argparse's own affair."""
WHOLE = (Refusal.PIN_ASKED, Refusal.PIN_WRONG, Refusal.PIN_UNSET)
"""What the words of its reason say whole."""
ID = "practice"
"""Of the one request of a visit."""


def shared(parser: argparse.ArgumentParser, *, top: bool = False) -> argparse.ArgumentParser:
    """Declare what every verb takes; of the verb itself with `top`, else of one of its deeds.

    What stands before the deed is not overwritten by a default of the deed's own.
    """
    socket, json, lang = (SOCKET, False, "en") if top else (argparse.SUPPRESS,) * 3
    parser.add_argument("--socket", type=Path, default=socket, help="the daemon's socket")
    parser.add_argument("--json", action="store_true", default=json, help="one JSON document")
    parser.add_argument("--lang", choices=LANGUAGES, default=lang, help="of what is printed")
    return parser


def looking(deeds: Deeds, name: str, purpose: str) -> argparse.ArgumentParser:
    """Declare a deed that only shows something."""
    return shared(deeds(name, help=purpose, description=purpose))


def saying(deeds: Deeds, name: str, purpose: str) -> argparse.ArgumentParser:
    """Declare a deed that is said: by whom, and when it was so."""
    parser = looking(deeds, name, purpose)
    parser.add_argument("--by", metavar="INITIALS", required=True, help="who says so")
    parser.add_argument("--at", metavar="WHEN", help=ago.LISTED)
    parser.add_argument("--reason", default="", help="why it is said so late")
    return parser


def said(act: Done, arguments: argparse.Namespace, pin: str = "") -> int:
    """Visit the daemon, say something, and print what became of it; 1 where it was refused."""
    order = ordered(act, arguments, pin)
    with visit(arguments.socket) as daemon:
        return answered(daemon.ask(order), arguments)


def ordered(act: Done, arguments: argparse.Namespace, pin: str = "") -> Do:
    """Return what is said as the daemon takes it, or raise UsageError."""
    by, when = initials(arguments.by), ago.when(arguments.at)
    told, reason = (ID, by, act, when.ago_s), arguments.reason
    order = Do(*told, reason, pin, when.at)
    plain = msgspec.to_builtins(order)
    try:
        return msgspec.convert(plain, Do)
    except msgspec.ValidationError as error:
        raise UsageError(plainly(dumps(plain).encode(), str(error))) from error


def answered(answer: Answer, arguments: argparse.Namespace) -> int:
    """Print what became of something that was said; 1 where it was refused."""
    if arguments.json:
        output.json_line(document(answer))
    else:
        for line in lines(answer, arguments.deed, Words(Language(arguments.lang))):
            output.line(line)
    return 1 if answer.result is Result.REFUSED else 0


def document(answer: Answer) -> dict[str, object]:
    """Return what became of it as a JSON document; `entry` is its number, null where refused."""
    told = {"result": answer.result, "reason": answer.reason, "detail": answer.detail}
    return {**told, "entry": next(iter(answer.rows), None), "flags": answer.flags}


def lines(answer: Answer, deed: str, words: Words) -> Iterator[str]:
    """Yield what a person reads of it."""
    if answer.result is Result.REFUSED:
        yield phrase.said("refused", words, why=_why(answer, words))
        return
    late = "" if answer.result is Result.RECORDED else f" {phrase.said('unkept', words)}"
    number = "".join(f": {phrase.said('entry', words, number=one)}" for one in answer.rows)
    yield f"{words.named('deed', deed)}{number}{late}"
    if answer.flags:
        flags = ", ".join(words.named("flag", flag) for flag in answer.flags)
        own = "" if answer.against is None else against(words, answer.against)
        detail = answer.detail if words.language is Language.ENGLISH or not own else own
        yield f"{phrase.said('flagged', words, flags=flags)}: {detail}"


def _why(answer: Answer, words: Words) -> str:
    """Return why it was refused; the daemon's own line is English, and has the way on."""
    if answer.reason is None or words.language is Language.ENGLISH:
        return answer.detail
    told = "" if answer.against is None else against(words, answer.against)
    if answer.because is not None:
        told = because(Tongue(words, Forms(words.language)), answer.because)
    if told and answer.reason is Refusal.UNCONFIRMED:
        return phrase.said("again", words, why=told)
    if told:
        return told
    why = words.named("refusal", answer.reason)
    if answer.reason in WHOLE:
        return why
    return phrase.said("because", words, why=why, detail=answer.detail) if answer.detail else why
