"""`vagt checklist`: what is to be looked at today, and what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from daemon.clock import SystemClock
from daemon.protocol.practice import Checklist, Clinic
from daemon.protocol.row import ListRow
from vagt import ago, due, kept, output, phrase, prompt, secret
from vagt.acted import made, named
from vagt.doing import Deeds, looking, ordered, said, saying, shared
from vagt.main import UsageError
from vagt.phrase import headings
from vagt.show import initials
from vagt.visit import visit
from vitals.acts import ChooseClinic, Counter, Mark, Sign
from vitals.practice import Outcome, Readiness
from words.catalogue import Language, Words

OPEN = frozenset({"due", "overdue"})
"""Rows of these states are asked for, and nobody has answered."""
READY = frozenset({Readiness.READY, Readiness.NOTICES})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with checklists."""
    shared(parser, top=True)
    deeds = parser.add_subparsers(
        dest="deed", metavar="ready|show|tick|sign|clinic|counter"
    ).add_parser
    looking(deeds, "ready", "how ready, with every reason and its source; 1 where it is not")
    show = looking(deeds, "show", "one list, row by row; without it: what is due, everywhere")
    show.add_argument("list", metavar="LIST", nargs="?", help="its id, as machine")
    _target(show)
    _tick(deeds)
    sign = saying(deeds, "sign", "say that a list was gone through")
    sign.add_argument("list", metavar="LIST")
    _target(sign)
    sign.add_argument("--pin-file", metavar="F", help=secret.LISTED)
    clinic = saying(deeds, "clinic", "say at which clinic the work is from now on")
    clinic.add_argument("code", metavar="CODE", help="as the configuration has it")
    counter = saying(deeds, "counter", "say that an earlier entry was not so; both stay")
    counter.add_argument("entry", metavar="ENTRY", help="its number, as it was answered")
    counter.add_argument("why", metavar="WHY", help="one line, in quotes")


def run(arguments: argparse.Namespace) -> int:
    """Show what is due, or say one thing: 1 when the daemon refuses."""
    if arguments.deed is None or (arguments.deed == "show" and arguments.list is None):
        return _due(arguments)
    return _DEEDS[arguments.deed](arguments)


def _target(parser: argparse.ArgumentParser) -> None:
    what = "which kit, clinic, device, person or case; needed where several would do"
    parser.add_argument("--target", metavar="T", help=what)


def _tick(deeds: Deeds) -> None:
    tick = saying(deeds, "tick", "say that rows were looked at, and what came of it")
    tick.add_argument("list", metavar="LIST")
    tick.add_argument("rows", metavar="ROW", nargs="*", help="mc-01 mc-02: their ids")
    tick.add_argument("--all", action="store_true", help="every row that is due: shown, then asked")
    tick.add_argument("--group", metavar="G", help="with --all: of this group alone")
    outcome = tick.add_mutually_exclusive_group()
    outcome.add_argument("--failed", metavar="WHY", help="not in order")
    outcome.add_argument("--na", metavar="WHY", help="does not apply today")
    _target(tick)
    tick.add_argument("--took-s", metavar="S", help="seconds that the looking took")
    tick.add_argument("--yes", action="store_true", help="do not ask: they were looked at")


def _due(arguments: argparse.Namespace) -> int:
    with visit(arguments.socket) as daemon:
        snapshot = daemon.snapshot
    clinic, lists = kept.only(snapshot, Clinic), kept.every(snapshot, Checklist)
    if arguments.json:
        output.json_line({"clinic": clinic, "lists": lists})
        return 0
    words = Words(Language(arguments.lang))
    output.line(due.standing(clinic, words))
    for line in due.urgent(clinic, words):
        output.line(line)
    if rows := [due.row(one, words) for one in lists if due.asked(one)]:
        output.table([headings(due.HEADINGS, words), *rows])
    return 0


def _ready(arguments: argparse.Namespace) -> int:
    """Tell how ready the clinic of the day is, with every reason and where it comes from."""
    with visit(arguments.socket) as daemon:
        clinic = kept.only(daemon.snapshot, Clinic)
    words = Words(Language(arguments.lang))
    if arguments.json:
        output.json_line(clinic)
    else:
        output.line(due.standing(clinic, words))
        for one in clinic.reasons:
            output.line(f"  {due.because(one, clinic.day, words)} ({one.source})")
    return 0 if clinic.readiness in READY else 1


def _shown(arguments: argparse.Namespace) -> int:
    with visit(arguments.socket) as daemon:
        snapshot = daemon.snapshot
    found = kept.checklists(snapshot, arguments.list, arguments.target)
    if arguments.json:
        output.json_line({"lists": found})
        return 0
    for one in found:
        _print(one, one.rows, Words(Language(arguments.lang)))
    return 0


def _print(listed: Checklist, rows: tuple[ListRow, ...], words: Words) -> None:
    for line in due.head(listed, words):
        output.line(line)
    output.table([headings(due.ROWS, words), *(due.answer(listed, row, words) for row in rows)])


def _ticked(arguments: argparse.Namespace) -> int:
    """Say what came of rows; of all that are due only after they were shown and agreed to."""
    _sensible(arguments)
    if arguments.all:
        return _whole(arguments)
    act = _mark(arguments, tuple(arguments.rows), arguments.target or "?", arguments.took_s)
    ordered(act, arguments)  # a slip of the keys is told before the daemon is asked for
    return said(replace(act, target=_whose(arguments)), arguments)


def _whole(arguments: argparse.Namespace) -> int:
    """Say it of every row that is due. Nobody is asked during a visit: it would be cut off."""
    words = Words(Language(arguments.lang))
    if not ago.today(arguments.at):  # the daemon tells what is due now, and of no other day
        return _nothing(phrase.said("other_day", words, list=arguments.list), arguments)
    with visit(arguments.socket) as daemon:
        listed = kept.checklist(daemon.snapshot, arguments.list, arguments.target)
    rows = tuple(_asked(listed, arguments))
    if not rows:
        why = phrase.said("nothing_due", words, list=listed.id, target=listed.target)
        return _nothing(why, arguments)
    act = _mark(arguments, tuple(row.id for row in rows), listed.target, arguments.took_s)
    ordered(act, arguments)
    if not arguments.yes:
        took_s = _looked(listed, rows, words)
        if took_s is None:
            return _nothing(phrase.said("nothing", words), arguments)
        act = act if act.took_s is not None else replace(act, took_s=took_s)
    return said(act, arguments)


def _nothing(why: str, arguments: argparse.Namespace) -> int:
    """Print why nothing was said; 1."""
    if arguments.json:
        output.json_line({"result": "refused", "reason": None, "detail": why})
    else:
        output.line(why)
    return 1


def _whose(arguments: argparse.Namespace) -> str:
    """Return what a list is about: as it is said, or the one thing that it is there for."""
    if arguments.target is not None:
        return str(arguments.target)
    with visit(arguments.socket) as daemon:
        return kept.checklist(daemon.snapshot, arguments.list, None, arguments.rows).target


def _sensible(arguments: argparse.Namespace) -> None:
    if arguments.all == bool(arguments.rows):
        raise UsageError("tick: name the rows, or say --all: one of both")
    if arguments.group is not None and not arguments.all:
        raise UsageError("tick: --group goes with --all")
    if not arguments.all or arguments.yes:
        return
    if arguments.json or not prompt.at_terminal():
        raise UsageError("tick --all shows the rows and asks: say --yes where nobody can answer")


def _asked(listed: Checklist, arguments: argparse.Namespace) -> Iterator[ListRow]:
    words = Words(Language(arguments.lang))
    groups = {row.group: due.group(listed, row.group, words) for row in listed.rows}
    if arguments.group not in (None, *groups, *groups.values()):
        told = ", ".join(f"{name} ({title})" for name, title in groups.items())
        raise UsageError(f"no group {arguments.group!r} in {listed.id}: one of {told}")
    for row in listed.rows:
        if row.state in OPEN and arguments.group in (None, row.group, groups[row.group]):
            yield row


def _mark(
    arguments: argparse.Namespace, rows: tuple[str, ...], target: str, took_s: str | None
) -> Mark:
    whys = {Outcome.FAILED: arguments.failed, Outcome.NOT_APPLICABLE: arguments.na}
    given = [(outcome, why) for outcome, why in whys.items() if why is not None]
    outcome, why = given[0] if given else (Outcome.DONE, "")
    if given and not why.strip():
        raise UsageError(f"tick: {outcome.replace('_', ' ')} without a reason: write why")
    told = {"list": arguments.list, "rows": rows, "target": target, "outcome": outcome}
    return made(Mark, {**told, "reason": why, "took_s": took_s})


def _looked(listed: Checklist, rows: tuple[ListRow, ...], words: Words) -> float | None:
    """Show rows whole, and return how long it took until somebody agreed; None: nobody did."""
    clock = SystemClock()
    shown = clock.now()
    _print(listed, rows, words)
    if not prompt.agreed(phrase.said("looked", words, count=len(rows))):
        return None
    return round(clock.now().seconds_since(shown), 1)


def _signed(arguments: argparse.Namespace) -> int:
    by = initials(arguments.by)
    told = {"list": arguments.list, "target": arguments.target or "?"}
    ordered(act := made(Sign, told), arguments)
    with visit(arguments.socket) as daemon:
        snapshot = daemon.snapshot
    if arguments.target is None:
        act = replace(act, target=kept.checklist(snapshot, arguments.list, None).target)
    wants = arguments.pin_file is not None or by in kept.only(snapshot, Clinic).pins
    return said(act, arguments, secret.pin(arguments.pin_file, f"PIN of {by}") if wants else "")


def _chosen(arguments: argparse.Namespace) -> int:
    return said(made(ChooseClinic, {"site": arguments.code}), arguments)


def _countered(arguments: argparse.Namespace) -> int:
    return said(made(Counter, named(arguments)), arguments)


_DEEDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "ready": _ready,
    "show": _shown,
    "tick": _ticked,
    "sign": _signed,
    "clinic": _chosen,
    "counter": _countered,
}
