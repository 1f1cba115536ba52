"""`vagt limits`: what alarms beyond which number; changed for one case, approved for the clinic."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec

from daemon.config import DEFAULT_PATH
from daemon.protocol.limits import ChooseBand, LimitOrder, ResetLimits, SetLimit, Value
from daemon.protocol.messages import Answer, Result
from monitoring.settings import MODALITIES
from vagt import output, presets, rules, signing
from vagt.main import UsageError
from vagt.show import SOCKET, initials
from vagt.visit import visit
from vitals.deed import Line
from vitals.limits import Bound, Profile
from vitals.measure import Measure

ID = "limits"
"""Of the one command of a visit."""
HOLDS = "until the case ends"
BY_AGE = "as chosen by age; now in force"
SETTABLE = tuple(MODALITIES)
LISTED = f"one of {', '.join(SETTABLE)}"
N = TypeVar("N", bound=StrEnum)


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
    undo.add_argument("--measure", type=_measure, metavar="M", help="of it alone")
    band = _at_bed(deeds.add_parser("band", help="hold the case to another age band"))
    band.add_argument("band", metavar="BAND", help="infant, y2_5 ...: see vagt limits show")
    why = "one line, and no name: born early"
    band.add_argument("--reason", required=True, type=_line, help=why)
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
    parser.add_argument("--measure", type=_measure, required=True, metavar="M", help=LISTED)
    for bound in Bound:
        name = bound.value.replace("_", "-")
        parser.add_argument(f"--{name}", metavar="N", help="in the unit of the measure, CO2 in kPa")
    bounds = f"one of {', '.join(Bound)}"
    parser.add_argument(
        "--off", action="append", default=[], type=_bound, metavar="BOUND", help=bounds
    )
    profiles = f"{', '.join(Profile)}; default: the one in force"
    parser.add_argument("--profile", type=_profile, metavar="P", help=profiles)
    parser.add_argument("--reason", required=True, type=_line, help="one line, and no name")
    parser.add_argument("--confirmed", action="store_true", help="said twice: extreme, or off")


def _command(arguments: argparse.Namespace) -> LimitOrder:
    """Return what is asked, as the daemon takes it, or raise UsageError."""
    who = ID, initials(arguments.by), arguments.bed
    match arguments.deed:
        case "set":
            return _setting(arguments)
        case "reset":
            return ResetLimits(*who, measure=arguments.measure)
        case _:
            return ChooseBand(*who, band=arguments.band, reason=arguments.reason)


def _setting(arguments: argparse.Namespace) -> SetLimit:
    return SetLimit(
        id=ID,
        by=initials(arguments.by),
        bed=arguments.bed,
        measure=arguments.measure,
        reason=arguments.reason,
        lo=_number("--lo", arguments.lo),
        hi=_number("--hi", arguments.hi),
        ext_lo=_number("--ext-lo", arguments.ext_lo),
        ext_hi=_number("--ext-hi", arguments.ext_hi),
        off=tuple(arguments.off),
        profile=arguments.profile,
        confirmed=arguments.confirmed,
    )


def _number(option: str, text: str | None) -> float | None:
    """Return the number of an option, as the daemon takes it."""
    try:
        return None if text is None else msgspec.convert(float(text.replace(",", ".")), Value)
    except ValueError as error:
        remedy = "write a number above 0, as 88 or 3.5; --off turns a limit off"
        raise UsageError(f"{option} {text!r}: no limit can be that: {remedy}") from error


def _measure(text: str) -> Measure:
    return _named(text, SETTABLE, "has no limits that can be set")


def _bound(text: str) -> Bound:
    return _named(text, tuple(Bound), "is no limit")


def _profile(text: str) -> Profile:
    return _named(text, tuple(Profile), "is no profile")


def _named(text: str, names: Sequence[N], wrong: str) -> N:
    """Return what an option names, or say what it could be."""
    found = next((one for one in names if one == text), None)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} {wrong}: name one of {', '.join(names)}")
    return found


def _line(text: str) -> str:
    """Return a reason as the daemon takes it."""
    try:
        return msgspec.convert(text.strip(), Line)
    except msgspec.ValidationError as error:
        raise argparse.ArgumentTypeError("say why, in one line") from error


def _answered(answer: Answer, arguments: argparse.Namespace) -> int:
    refused = answer.result is Result.REFUSED
    if arguments.json:
        told = {"result": answer.result, "reason": answer.reason, "detail": answer.detail}
        output.json_line({"case": answer.case, **told})
    elif refused:
        output.line(f"refused: {answer.detail}")
    else:
        late = "" if answer.result is Result.RECORDED else " (not yet recorded)"
        back = arguments.deed == "reset"
        output.line(f"{arguments.deed}: {answer.case}, {BY_AGE if back else HOLDS}{late}")
        if back:
            presets.in_force(arguments.socket, answer.case, arguments.measure)
    return 1 if refused else 0
