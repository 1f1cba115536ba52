"""`vagt case`: cases opened, told of and looked up; everything that a dashboard can do with one."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, time
from getpass import getpass
from pathlib import Path

from msgspec import structs

from daemon.clock import SystemClock
from daemon.protocol.cases import Case
from daemon.protocol.commands import Aged, Command, Emergency, Enter, Plan, Start
from daemon.protocol.messages import Refusal
from vagt import output, past, prompt, recall, said, secret
from vagt.ago import A_MINUTE_S, When
from vagt.journal import folder
from vagt.main import UsageError
from vagt.replied import replied
from vagt.show import LANGUAGES, SOCKET, initials
from vagt.visit import visit
from vitals.vocabulary import CaseKind, Check
from words.catalogue import Language

ID = "case"
"""Of the one command of a visit."""
HEADINGS = ("CASE", "BED", "STATE", "CODE", "AGE", "BY")
PAST = ("CASE", "OPENED", "BED", "CODE")
NUMBER_LIMIT = 32


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with cases."""
    _shared(parser, SOCKET)
    deeds = parser.add_subparsers(dest="deed", metavar="list|show|find|plan|start|...")
    _shared(deeds.add_parser("list", help="the cases at hand (also without any word)"))
    show = deeds.add_parser("show", help="a text to paste into the patient's journal")
    _shared(show)
    show.add_argument("case", metavar="CASE", help="its number, or the end of it")
    show.add_argument("--lang", choices=LANGUAGES, default="en", help="of the text")
    _kept(show)
    find = deeds.add_parser("find", help="cases of any day, by a part of their number")
    _shared(find)
    find.add_argument("text", metavar="TEXT", help="261122, or -014")
    _kept(find)
    for name, purpose in (("plan", "open a case"), ("start", "open a case and begin at once")):
        opening = _at_bed(deeds.add_parser(name, help=purpose))
        opening.add_argument("--age", required=True, help="20d, 8m or 4y; only the band is kept")
        opening.add_argument("--code", help="of the service")
        _planned(opening) if name == "plan" else _started(opening)
    _at_bed(deeds.add_parser("emergency", help="begin at once, with nothing asked"))
    aged = _at_bed(deeds.add_parser("age", help="say how old the patient is"))
    aged.add_argument("age", metavar="AGE", help="20d, 8m or 4y")
    _said(_at_bed(deeds.add_parser("say", help="say what happened: airway lma, end, recover ...")))


def run(arguments: argparse.Namespace) -> int:
    """Look, or do one thing: 1 when the daemon refuses or has no such case."""
    if arguments.deed in (None, "list"):
        return _listed(arguments)
    if arguments.deed == "show":
        return recall.shown(arguments)
    if arguments.deed == "find":
        return _found(arguments)
    command = _command(arguments)
    with visit(arguments.socket) as daemon:
        answer = daemon.ask(command)
        if answer.reason is Refusal.PIN_ASKED and prompt.at_terminal():
            answer = daemon.ask(_with_pin(command, secret.pin(None, f"PIN of {command.by}")))
    return replied(answer, Language(arguments.lang), json=arguments.json)


def _shared(parser: argparse.ArgumentParser, socket: Path | str = argparse.SUPPRESS) -> None:
    json = argparse.SUPPRESS if socket == argparse.SUPPRESS else False
    parser.add_argument("--socket", type=Path, default=socket, help="the daemon's socket")
    parser.add_argument("--json", action="store_true", default=json, help="one JSON document")


def _at_bed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    _shared(parser)
    parser.add_argument("--bed", required=True, help="where the patient is")
    parser.add_argument("--by", metavar="INITIALS", required=True, help="who says so")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of what holds it")
    return parser


def _planned(parser: argparse.ArgumentParser) -> None:
    many = "a number of Bilag 2; with several, one after the other"
    parser.add_argument("--procedure", action="append", default=[], metavar="ENT", help=many)
    parser.add_argument("--site", help="of the procedures, where they alone do not decide")
    parser.add_argument("--block", action="store_true", help="a block, and no anaesthetic")


def _started(parser: argparse.ArgumentParser) -> None:
    checks = ", ".join(Check)
    parser.add_argument("--check", action="append", default=[], choices=list(Check), help=checks)
    parser.add_argument("--asa", type=int, choices=range(1, 6), help="ASA physical status")
    parser.add_argument("--anyway", action="store_true", help="in spite of a hold")
    parser.add_argument("--unattached", action="store_true", help="probes come during induction")


def _said(say: argparse.ArgumentParser) -> None:
    say.add_argument("words", nargs="+", metavar="WORD", help=said.LISTED)
    say.add_argument("--at", metavar="HH:MM|-MIN", help="when it happened; default: now")
    left = "its number, or the end of it, for a case that has left the bed"
    say.add_argument("--case", help=left)
    say.add_argument("--reason", default="", help="why it is said so late")
    say.add_argument("--pin-file", metavar="FILE", help=f"of who signs: {secret.LISTED}")
    patient = "read the patient's number as one line: of an injection; it is kept nowhere"
    say.add_argument("--patient-from-stdin", action="store_true", help=patient)


def _command(arguments: argparse.Namespace) -> Command:
    who = ID, initials(arguments.by), arguments.bed
    match arguments.deed:
        case "plan":
            kind = CaseKind.BLOCK if arguments.block else CaseKind.ANAESTHETIC
            numbers = tuple(_number(one) for one in arguments.procedure)
            return Plan(*who, arguments.age, arguments.code, numbers, arguments.site, kind)
        case "start":
            checks = tuple(Check(one) for one in arguments.check)
            return Start(
                *who,
                _code(arguments.code),
                arguments.age,
                checks,
                arguments.asa,
                anyway=arguments.anyway,
                unattached=arguments.unattached,
            )
        case "emergency":
            return Emergency(*who)
        case "age":
            return Aged(*who, arguments.age)
        case _:
            when = _when(arguments.at)
            told = said.deed(arguments.words), when.ago_s, arguments.case
            entry = Enter(*who, *told, arguments.reason, _patient(arguments), at=when.at)
            file = arguments.pin_file
            return entry if file is None else _with_pin(entry, secret.pin(file, "PIN"))


def _with_pin(command: Command, pin: str) -> Command:
    return structs.replace(command, pin=pin) if isinstance(command, Enter) else command


def _code(code: str | None) -> str:
    if not code:
        raise UsageError(
            "--code is missing: name the service, --code 3022; `plan` takes --procedure"
        )
    return code


def _patient(arguments: argparse.Namespace) -> str | None:
    """Return the patient's number from the standard input: other programs see arguments."""
    if not arguments.patient_from_stdin:
        return None
    if sys.stdin.isatty():
        return getpass("patient's number: ")[:NUMBER_LIMIT]
    return sys.stdin.readline(NUMBER_LIMIT).strip()


def _number(word: str) -> str:
    """Return the four digits of a procedure, or raise UsageError."""
    number = word.removeprefix("ent:")
    if not (number.isascii() and number.isdecimal() and len(number) == len("3005")):
        raise UsageError(f"{word!r} is no ENT number; write four digits, 3005 or ent:3005")
    return number


def _when(at: str | None) -> When:
    """Return when a time of today, or so many minutes ago, is."""
    if at is None:
        return When()
    if at.startswith("-") and at[1:].isdecimal():
        return When(float(at[1:]) * A_MINUTE_S)
    now = datetime.fromtimestamp(SystemClock().now().wall)  # noqa: DTZ006 - as the clock on the wall
    try:
        then = datetime.combine(now.date(), time.fromisoformat(at))
    except ValueError as error:
        raise UsageError(f"--at {at!r}: write 10:31, or -2 for two minutes ago") from error
    if then > now:
        raise UsageError(f"--at {at!r} has not come yet: write a time of today that has been")
    return When(at=then.astimezone())


def _listed(arguments: argparse.Namespace) -> int:
    with visit(arguments.socket) as daemon:
        found = daemon.snapshot.cases
    if arguments.json:
        output.json_line({"cases": found})
    else:
        output.table([HEADINGS, *map(_row, found)])
    return 0


def _row(case: Case) -> tuple[str, ...]:
    return case.case, case.bed, case.state, case.code or "-", case.band, case.by


def _kept(parser: argparse.ArgumentParser) -> None:
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that keeps the journal")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds it")


def _found(arguments: argparse.Namespace) -> int:
    """List cases of the journal; 1 where there is none."""
    cases = past.found(folder(arguments), arguments.text)
    if arguments.json:
        output.json_line({"cases": cases})
    else:
        output.table([PAST, *((one.case, one.at, one.bed, one.code or "-") for one in cases)])
    return 0 if cases else 1
