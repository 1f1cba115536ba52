"""`vagt limits`: what alarms beyond which number; changed for one case, approved for the clinic."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from daemon.config import DEFAULT_PATH
from daemon.protocol.limits import ChooseBand, LimitOrder, ResetLimits, SetLimit
from daemon.protocol.messages import Answer, Result
from vagt import output, presets, rules, signing
from vagt.main import UsageError
from vagt.show import SOCKET, initials
from vagt.visit import visit
from vitals.limits import Bound, Profile
from vitals.measure import Measure

ID = "limits"
"""Of the one command of a visit."""
HOLDS = "until the case ends"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with limits."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="show|set|reset|band|approve")
    show = deeds.add_parser("show", help="the limits by age, or those of the case at a bed")
    _json(show)
    whose = show.add_mutually_exclusive_group()
    whose.add_argument("--age", help="20d, 8m or 4y; without it every band")
    whose.add_argument("--bed", help="of the open case there, as the daemon has it")
    show.add_argument("--socket", type=Path, default=SOCKET, help="the daemon's socket")
    rules.arguments(show)
    _settable(_at_bed(deeds.add_parser("set", help=f"change limits of one measure {HOLDS}")))
    undo = _at_bed(deeds.add_parser("reset", help="back to what was chosen by age"))
    undo.add_argument("--measure", choices=list(Measure), metavar="M", help="of it alone")
    band = _at_bed(deeds.add_parser("band", help="hold the case to another age band"))
    band.add_argument("band", metavar="BAND", help="infant, y2_5 ...: see vagt limits show")
    band.add_argument("--reason", required=True, help="one line, and no name: born early")
    approve = _json(deeds.add_parser("approve", help="put a name under the rows of the clinic"))
    approve.add_argument("--by", metavar="INITIALS", required=True, help="an anaesthesiologist")
    approve.add_argument("--alarms", action="store_true", help="the alarm rows instead")
    whose_rules = f"of the clinic whose file is approved (default: {DEFAULT_PATH})"
    approve.add_argument("--config", type=Path, default=DEFAULT_PATH, help=whose_rules)


def run(arguments: argparse.Namespace) -> int:
    """Show, change or approve: 1 when it is refused."""
    if arguments.deed == "show":
        return presets.show(arguments)
    if arguments.deed == "approve":
        return signing.approve(arguments)
    command = _command(arguments)
    with visit(arguments.socket) as daemon:
        answer = daemon.ask(command)
    return _answered(answer, arguments)


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def _at_bed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    _json(parser)
    parser.add_argument("--socket", type=Path, default=SOCKET, help="the daemon's socket")
    parser.add_argument("--bed", required=True, help="where the patient is")
    parser.add_argument("--by", metavar="INITIALS", required=True, help="who does it")
    return parser


def _settable(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--measure", required=True, choices=list(Measure), metavar="M")
    for bound in Bound:
        name = bound.value.replace("_", "-")
        parser.add_argument(f"--{name}", metavar="N", help="in the unit of the measure, CO2 in kPa")
    parser.add_argument("--off", action="append", default=[], choices=list(Bound), metavar="BOUND")
    profiles = f"{', '.join(Profile)}; default: the one in force"
    parser.add_argument("--profile", choices=list(Profile), metavar="P", help=profiles)
    parser.add_argument("--reason", required=True, help="one line, and no name")
    parser.add_argument("--confirmed", action="store_true", help="said twice: below the floor, off")


def _command(arguments: argparse.Namespace) -> LimitOrder:
    """Return what is asked, as the daemon takes it, or raise UsageError."""
    command = _asked(arguments)
    try:
        return msgspec.convert(msgspec.to_builtins(command), type(command))
    except msgspec.ValidationError as error:
        raise UsageError(f"{arguments.deed}: {error}") from error


def _asked(arguments: argparse.Namespace) -> LimitOrder:
    who = ID, initials(arguments.by), arguments.bed
    match arguments.deed:
        case "set":
            return _setting(arguments)
        case "reset":
            measure = arguments.measure
            return ResetLimits(*who, measure=Measure(measure) if measure else None)
        case _:
            return ChooseBand(*who, band=arguments.band, reason=arguments.reason)


def _setting(arguments: argparse.Namespace) -> SetLimit:
    return SetLimit(
        id=ID,
        by=initials(arguments.by),
        bed=arguments.bed,
        measure=Measure(arguments.measure),
        reason=arguments.reason,
        lo=_number("--lo", arguments.lo),
        hi=_number("--hi", arguments.hi),
        ext_lo=_number("--ext-lo", arguments.ext_lo),
        ext_hi=_number("--ext-hi", arguments.ext_hi),
        off=tuple(Bound(one) for one in arguments.off),
        profile=Profile(arguments.profile) if arguments.profile else None,
        confirmed=arguments.confirmed,
    )


def _number(option: str, text: str | None) -> float | None:
    try:
        return None if text is None else float(text.replace(",", "."))
    except ValueError as error:
        raise UsageError(f"{option} {text!r}: is no number: write 88 or 3.5") from error


def _answered(answer: Answer, arguments: argparse.Namespace) -> int:
    refused = answer.result is Result.REFUSED
    if arguments.json:
        told = {"result": answer.result, "reason": answer.reason, "detail": answer.detail}
        output.json_line({"case": answer.case, **told})
    elif refused:
        output.line(f"refused: {answer.detail}")
    else:
        late = "" if answer.result is Result.RECORDED else " (not yet recorded)"
        output.line(f"{arguments.deed}: {answer.case}, {HOLDS}{late}")
    return 1 if refused else 0
