"""`vagt gas`: what there is of each gas, for how long, and what is to be ordered."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from daemon.protocol.practice import Clinic, Gases
from vagt import kept, output, phrase, supplies
from vagt.acted import made, named
from vagt.doing import Deeds, looking, ordered, said, saying, shared
from vagt.phrase import headings
from vagt.visit import visit
from vitals.acts import Connect, Cylinder, Done, Flow, Gauge, OrderGas, Weigh
from vitals.practice import Gas, Use
from words.catalogue import Language, Words

ACTS: Mapping[str, type[Done]] = {
    "cylinder": Cylinder,
    "read": Gauge,
    "weigh": Weigh,
    "use": Connect,
    "flow": Flow,
    "order": OrderGas,
}
"""What is said, by the word of the command line; its arguments are named as the fields are."""
USES, GASES = [one.value for one in Use], [one.value for one in Gas]
"""As they are typed: the command line shows them when something else is."""
AGAIN = "what was asked back is so: another cylinder of that name came"
FULL = "it is full, as it is connected: of N2O that nobody weighed, reckoned from then on"
DEEDS = "orders|cylinder|read|weigh|use|flow|order"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with gases."""
    shared(parser, top=True)
    deeds = parser.add_subparsers(dest="deed", metavar=DEEDS).add_parser
    looking(deeds, "orders", "what is to come, and who orders it; 1 while somebody still has to")
    _label(deeds)
    read = _named(deeds, "read", "say the pressure that a cylinder's gauge shows")
    read.add_argument("bar", metavar="BAR", help="137 or 137,5")
    weigh = _named(deeds, "weigh", "say what a cylinder weighs, whole: of N2O")
    weigh.add_argument("kg", metavar="KG", help="11,25")
    use = _named(deeds, "use", "say what a cylinder is there for from now on")
    use.add_argument("use", metavar="USE", choices=USES, help=", ".join(Use))
    use.add_argument("--full", action="store_true", help=FULL)
    flow = _of(deeds, "flow", "say how much flows from now on; 0: none")
    flow.add_argument("l_min", metavar="L_MIN", help="6 or 1,5")
    _of(deeds, "order", "say that a gas was ordered")


def run(arguments: argparse.Namespace) -> int:
    """Show the gases, or say one thing of them: 1 when the daemon refuses."""
    if arguments.deed in (None, "orders"):
        return _shown(arguments)
    given = named(arguments)
    kind = ACTS[arguments.deed]
    if kind in {Flow, OrderGas} and arguments.place is None:
        ordered(made(kind, {**given, "place": "?"}), arguments)
        given["place"] = _here(arguments)
    return said(made(kind, given), arguments)


def _named(deeds: Deeds, name: str, purpose: str) -> argparse.ArgumentParser:
    parser = saying(deeds, name, purpose)
    parser.add_argument("cylinder", metavar="NAME", help="of the cylinder, as it is called here")
    return parser


def _of(deeds: Deeds, name: str, purpose: str) -> argparse.ArgumentParser:
    parser = saying(deeds, name, purpose)
    parser.add_argument("gas", metavar="GAS", choices=GASES, help=", ".join(Gas))
    parser.add_argument("--place", help="a clinic or a kit; default: the clinic of the day")
    return parser


def _label(deeds: Deeds) -> None:
    label = _named(deeds, "cylinder", "take in a cylinder: what stands on its label")
    label.add_argument("--gas", required=True, choices=GASES)
    label.add_argument("--capacity-l", required=True, metavar="L", help="water capacity")
    label.add_argument("--fill-bar", required=True, metavar="BAR", help="when it is full")
    label.add_argument("--place", required=True, help="a kit, or the code of a clinic")
    label.add_argument("--use", choices=USES, help="default: as it was; of a new one reserve")
    label.add_argument("--tare-kg", metavar="KG", help="of one that is weighed, stamped on it")
    label.add_argument("--lot", default="")
    label.add_argument("--expires", metavar="DAY", help="2027-11-30, or 2027-11")
    label.add_argument("--full", action="store_true", help=FULL)
    label.add_argument("--again", action="store_true", help=AGAIN)


def _here(arguments: argparse.Namespace) -> str | None:
    """Return the clinic of the day; None where none is chosen: the place is to be said."""
    with visit(arguments.socket) as daemon:
        return kept.only(daemon.snapshot, Clinic).chosen or None


def _shown(arguments: argparse.Namespace) -> int:
    with visit(arguments.socket) as daemon:
        gases = kept.only(daemon.snapshot, Gases)
    orders = tuple(one for one in gases.supplies if one.wanted)
    words, only = Words(Language(arguments.lang)), arguments.deed == "orders"
    if arguments.json:
        output.json_line({"orders": orders} if only else {"gases": gases, "orders": orders})
    elif not only:
        _tell(gases, words)
    if not arguments.json:
        for line in (supplies.order(one, words) for one in orders):
            output.line(line)
    return 1 if only and any(not one.ordered_at for one in orders) else 0


def _tell(gases: Gases, words: Words) -> None:
    if not (gases.supplies or gases.cylinders):
        output.line(phrase.said("no_gas", words))
    if gases.supplies:
        rows = (supplies.row(one, words) for one in gases.supplies)
        output.table([headings(supplies.HEADINGS, words), *rows])
    if gases.cylinders:
        rows = (supplies.cylinder(one, words) for one in gases.cylinders)
        output.table([headings(supplies.CYLINDERS, words), *rows])
