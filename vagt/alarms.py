"""`vagt alarms`: what alarms when, how often it did, and what the bell keys of a dashboard do."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time, timedelta
from pathlib import Path

from msgspec import structs

from daemon.library import Library
from daemon.protocol.commands import Acknowledge, AnswerCall, Command, Pause, Unpause
from daemon.protocol.messages import Answer, Result
from daemon.tally import ALWAYS, Count, Span, Tally, tally
from monitoring.alarmrules import ConditionRow
from vagt import output, past, recorded, rules
from vagt.journal import folder
from vagt.main import UsageError
from vagt.show import SOCKET, initials
from vagt.visit import visit

ID = "alarms"
"""Of the one command of a visit."""
HEADINGS = (
    "ALARM",
    "KIND",
    "PRIORITY",
    "AFTER S",
    "HIGH AFTER S",
    "ENDS AFTER S",
    "NOTE",
    "SOURCE",
)
COUNTED = ("ALARM", "PRIORITY", "COUNT", "PER HOUR", "ACKNOWLEDGED", "MEDIAN S")
NOTHING = "-"
COMMANDS: dict[str, type[Pause | Unpause | AnswerCall]] = {
    "pause": Pause,
    "resume": Unpause,
    "answer": AnswerCall,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with alarms."""
    deeds = parser.add_subparsers(
        dest="deed", required=True, metavar="list|stats|show|ack|pause|resume|answer"
    )
    listed = _json(deeds.add_parser("list", help="every condition with its row"))
    rules.arguments(listed)
    stats = _json(deeds.add_parser("stats", help="alarms per case-hour, from the journal"))
    place = stats.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that keeps the journal")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds it")
    stats.add_argument("--from", dest="begin", metavar="YYYY-MM-DD", help="the first day")
    stats.add_argument("--to", dest="end", metavar="YYYY-MM-DD", help="the last day, included")
    ack = _at_bed(deeds.add_parser("ack", help="acknowledge one alarm"))
    ack.add_argument("alarm", metavar="ALARM", help="its id, as in vagt alarms list")
    ack.add_argument("--device", help="of a technical alarm: the monitor")
    recorded.arguments(deeds.add_parser("show", help="what was recorded around those of a case"))
    _at_bed(deeds.add_parser("pause", help="turn the sound of a bed off for a while"))
    _at_bed(deeds.add_parser("resume", help="turn the sound of a bed on again"))
    _at_bed(deeds.add_parser("answer", help="answer what calls from a bed"))


def run(arguments: argparse.Namespace) -> int:
    """List, count, or do one thing: 1 when the daemon refuses."""
    if arguments.deed == "list":
        return _listed(arguments)
    if arguments.deed == "stats":
        return _counted(arguments)
    if arguments.deed == "show":
        return recorded.run(arguments)
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
    parser.add_argument("--bed", required=True, help="where it sounds")
    parser.add_argument("--by", metavar="INITIALS", required=True, help="who does it")
    return parser


def _command(arguments: argparse.Namespace) -> Command:
    who = ID, initials(arguments.by), arguments.bed
    if arguments.deed == "ack":
        return Acknowledge(*who, arguments.alarm, arguments.device)
    return COMMANDS[arguments.deed](*who)


def _answered(answer: Answer, arguments: argparse.Namespace) -> int:
    refused = answer.result is Result.REFUSED
    if arguments.json:
        output.json_line(
            {"result": answer.result, "reason": answer.reason, "detail": answer.detail}
        )
    elif refused:
        output.line(f"refused: {answer.detail}")
    else:
        late = "" if answer.result is Result.RECORDED else " (not yet recorded)"
        output.line(f"{arguments.deed}: {arguments.bed}{late}")
    return 1 if refused else 0


def _listed(arguments: argparse.Namespace) -> int:
    found = rules.chosen(arguments)
    rules.warn("alarms", found)
    rows = found.alarms.conditions.values()
    if arguments.json:
        signals = structs.asdict(found.signals)
        output.json_line({"conditions": [*rows], **signals, **rules.document(found)})
        return 0
    output.table([HEADINGS, *(_row(row, found) for row in rows)])
    output.line(rules.line(found))
    return 0


def _row(row: ConditionRow, found: Library) -> tuple[str, ...]:
    high = [row.escalate_s] if row.escalate_s is not None else []
    high += [row.extreme_s] if row.extreme_s is not None else []
    lapse = found.signals.lapses.get(row.id)
    again = "" if lapse is None else f"; acknowledged for {lapse.after_s:g} s"
    return (
        row.id,
        row.kind,
        row.priority,
        f"{row.onset_s:g}",
        ", ".join(f"{one:g}" for one in high) or NOTHING,
        f"{row.off_s:g}",
        f"{row.latches}{again}",
        str(row.source),
    )


def _counted(arguments: argparse.Namespace) -> int:
    found = tally(past.events(folder(arguments)), _span(arguments))
    if arguments.json:
        output.json_line(found)
        return 0
    output.table([COUNTED, *map(_count, found.conditions)])
    output.line(_whole(found))
    return 0


def _count(one: Count) -> tuple[str, ...]:
    told = (one.alarm, one.priority, str(one.count), _number(one.per_hour))
    return *told, str(one.acknowledged), _number(one.latency_s)


def _whole(found: Tally) -> str:
    answered = "" if found.call_latency_s is None else f", after {found.call_latency_s:g} s"
    return (
        f"{found.alarms} alarms in {found.case_hours:g} case-hours of {found.cases} cases:"
        f" {_number(found.per_hour)} per case-hour; sound paused {found.pauses} times;"
        f" {found.calls} calls answered{answered}"
    )


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:g}"


def _span(arguments: argparse.Namespace) -> Span:
    """Return the span of days that was asked for, by the calendar of this machine."""
    begin, end = _day("--from", arguments.begin), _day("--to", arguments.end)
    if begin is not None and end is not None and end < begin:
        raise UsageError(f"--to {end} is before --from {begin}: turn them round")
    return Span(
        ALWAYS.begin if begin is None else _midnight(begin),
        ALWAYS.end if end is None else _midnight(end + timedelta(days=1)),
    )


def _midnight(day: date) -> float:
    return datetime.combine(day, time.min).timestamp()


def _day(option: str, text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text!r}: is no day: write it as 2026-11-22") from error
