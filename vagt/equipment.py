"""`vagt equipment`: the register of devices: service, function checks, in or out of use."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date

from daemon.protocol.practice import Equipment, Machine
from vagt import kept, output, phrase
from vagt.acted import made, named
from vagt.doing import Deeds, said, saying, shared
from vagt.phrase import NOTHING, day, headings, spoken
from vagt.visit import visit
from vitals.acts import Done, Register, Restore, Serviced, Tested, Withdraw
from words.catalogue import Language, Words

HEADINGS = (
    *("device", "state", "service", "serviced", "checked", "kind", "make", "serial", "place"),
)
"""`head.<name>` are their words."""
ACTS: Mapping[str, type[Done]] = {
    "register": Register,
    "serviced": Serviced,
    "tested": Tested,
    "withdraw": Withdraw,
    "restore": Restore,
}
"""What is said, by the word of the command line; its arguments are named as the fields are."""
A_DAY = "2027-11-30, or 2027-11 for the end of that month"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with the register."""
    shared(parser, top=True)
    deeds = parser.add_subparsers(dest="deed", metavar="|".join(ACTS)).add_parser
    register = _device(deeds, "register", "put a device on the register, or say it anew")
    register.add_argument("--what", required=True, metavar="KIND", help="as defibrillator")
    register.add_argument("--make", required=True)
    register.add_argument("--serial", required=True)
    register.add_argument("--place", required=True, help="a kit, or the code of a clinic")
    register.add_argument("--service-due", metavar="DAY", help=f"{A_DAY}; absent: it needs none")
    serviced = _device(deeds, "serviced", "say that a device was serviced")
    serviced.add_argument("--on", required=True, metavar="DAY", help="when")
    serviced.add_argument("--due", metavar="DAY", help=f"when it is due again: {A_DAY}")
    tested = _device(deeds, "tested", "say that a device's function was checked, and is in order")
    tested.add_argument("--failed", metavar="WHY", dest="why", help="it is not in order")
    withdraw = _device(deeds, "withdraw", "say that a device is out of use")
    withdraw.add_argument("why", metavar="WHY", help="one line, in quotes")
    _device(deeds, "restore", "say that a device is in use again")


def run(arguments: argparse.Namespace) -> int:
    """Show the register, or say one thing of a device: 1 when the daemon refuses."""
    if arguments.deed is None:
        return _shown(arguments)
    given = named(arguments)
    if arguments.deed == "tested":
        given["passed"] = arguments.why is None
    return said(made(ACTS[arguments.deed], given), arguments)


def _device(deeds: Deeds, name: str, purpose: str) -> argparse.ArgumentParser:
    parser = saying(deeds, name, purpose)
    parser.add_argument("device", metavar="NAME", help="of the device, as it is called here")
    return parser


def _shown(arguments: argparse.Namespace) -> int:
    with visit(arguments.socket) as daemon:
        machines = first(kept.only(daemon.snapshot, Equipment).machines)
    words = Words(Language(arguments.lang))
    if arguments.json:
        output.json_line({"machines": machines})
    elif machines:
        output.table([headings(HEADINGS, words), *(row(one, words) for one in machines)])
    else:
        output.line(phrase.said("no_device", words))
    return 0


def first(machines: tuple[Machine, ...]) -> tuple[Machine, ...]:
    """Return the devices by when their service is due, those without any last."""
    return tuple(sorted(machines, key=lambda one: (one.service_due or date.max, one.name)))


def row(one: Machine, words: Words) -> tuple[str, ...]:
    """Return one device, with why it is as it is."""
    state = words.named("machine", one.state)
    checked = f"{day(one.tested_on)} {one.tested_by}".rstrip()
    return (
        one.name,
        f"{state}: {one.reason}" if one.reason else state,
        day(one.service_due),
        day(one.serviced_on),
        checked or NOTHING,
        spoken(one.title, words) if one.title else one.what,
        *(one.make, one.serial, one.place),
    )
