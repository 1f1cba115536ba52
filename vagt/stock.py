"""`vagt stock`: drugs, disposables, pads and batteries, pack by pack; what expires and is short."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from msgspec import structs

from daemon.protocol.practice import Gases, PackLine, Stock
from vagt import kept, naming, output, packs, phrase, scan
from vagt.acted import made, named
from vagt.doing import Deeds, answered, looking, ordered, said, saying, shared
from vagt.phrase import headings
from vagt.visit import visit
from vitals.acts import Discard, Done, Recall, Receive, Recount, Shift, Take, Unseal, Warm
from vitals.practice import Ware
from words.catalogue import Language, Words

ACTS: Mapping[str, type[Done]] = {
    "receive": Receive,
    "count": Recount,
    "take": Take,
    "discard": Discard,
    "shift": Shift,
    "open": Unseal,
    "warm": Warm,
    "recall": Recall,
}
"""What is said, by the word of the command line; its arguments are named as the fields are."""
AGAIN = "what was asked back is so: there is another one like it, or it is the one meant"
DEEDS = "short|find|receive|scan|count|take|discard|shift|open|warm|recall"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with the stock."""
    shared(parser, top=True)
    deeds = parser.add_subparsers(dest="deed", metavar=DEEDS).add_parser
    looking(deeds, "short", "of what there is less than there is to be; 1 where there is any")
    find = looking(
        deeds, "find", "where the packs and cylinders of a lot are; 1 where there is none"
    )
    find.add_argument("lot", metavar="LOT")
    _receive(deeds)
    scan.arguments(deeds)
    _handled(deeds)
    recall = saying(deeds, "recall", "say that a lot is recalled: none of it is used")
    recall.add_argument("lot", metavar="LOT")
    recall.add_argument("why", metavar="WHY", help="one line, in quotes")


def run(arguments: argparse.Namespace) -> int:
    """Show the stock, or say one thing of it: 1 when the daemon refuses, or nothing is found."""
    looks: dict[str | None, Callable[[argparse.Namespace], int]] = {
        None: _shown,
        "short": _short,
        "find": _found,
        "scan": scan.run,
    }
    if arguments.deed in looks:
        return looks[arguments.deed](arguments)
    if arguments.deed == "receive":
        return _taken_in(arguments)
    return said(made(ACTS[arguments.deed], named(arguments)), arguments)


def _taken_in(arguments: argparse.Namespace) -> int:
    """Take in a pack, under the row of the minimum stock that is named."""
    act = made(Receive, named(arguments))
    order = ordered(act, arguments)
    with visit(arguments.socket) as daemon:
        item = naming.item(kept.only(daemon.snapshot, Stock), act.item)
        order = structs.replace(order, act=structs.replace(act, item=item))
        return answered(daemon.ask(order), arguments)


def _receive(deeds: Deeds) -> None:
    receive = saying(deeds, "receive", "take in a pack: what stands on its label")
    receive.add_argument(
        "item", metavar="ITEM", help="a row of the minimum stock, as dr-08 or Propofol, or a name"
    )
    receive.add_argument(
        "--ware", required=True, choices=[one.value for one in Ware], help="what it holds"
    )
    receive.add_argument("--lot", required=True)
    last = "the last day of use: 2027-11-30; 2027-11 is the end of that month"
    receive.add_argument("--expires", required=True, metavar="DAY", help=last)
    receive.add_argument("--quantity", required=True, metavar="N", help="ampoules or pieces in it")
    receive.add_argument("--place", required=True, help="a kit, or the code of a clinic")
    receive.add_argument("--atc", help="as N01BB02, with the digit 0 and no letter O")
    receive.add_argument("--gtin", help="the 14 digits below the code")
    receive.add_argument("--again", action="store_true", help=AGAIN)


def _handled(deeds: Deeds) -> None:
    _pack(deeds, "count", "say how much of a pack is there", "quantity")
    _pack(deeds, "take", "say how much of a pack was used", "quantity")
    _pack(deeds, "discard", "say how much was thrown away, and why", "quantity", "why")
    _pack(deeds, "shift", "say that a pack lies elsewhere", "place")
    opened = _pack(deeds, "open", "say that some of a pack was opened: its shorter time runs")
    one = "how many of it (default: 1)"
    opened.add_argument("quantity", metavar="N", nargs="?", default="1", help=one)
    warm = _pack(deeds, "warm", "say that a pack was taken out of the refrigerator")
    some = "how many of it (default: the whole)"
    warm.add_argument("quantity", metavar="N", nargs="?", help=some)


def _pack(deeds: Deeds, name: str, purpose: str, *more: str) -> argparse.ArgumentParser:
    shown = {"quantity": "N", "why": "WHY", "place": "PLACE"}
    parser = saying(deeds, name, purpose)
    parser.add_argument("pack", metavar="PACK", help="its number, as vagt stock shows it")
    for one in more:
        parser.add_argument(one, metavar=shown[one])
    return parser


def _stock(arguments: argparse.Namespace) -> Stock:
    with visit(arguments.socket) as daemon:
        return kept.only(daemon.snapshot, Stock)


def _shown(arguments: argparse.Namespace) -> int:
    stock, words = _stock(arguments), Words(Language(arguments.lang))
    if arguments.json:
        output.json_line(stock)
    elif stock.packs:
        _table(stock.packs, words)
    else:
        output.line(phrase.said("no_pack", words))
    if stock.short and not arguments.json:
        items = ", ".join(f"{one.item} {one.place}" for one in stock.short)
        output.line(phrase.said("short", words, items=items))
    return 0


def _short(arguments: argparse.Namespace) -> int:
    stock, words = _stock(arguments), Words(Language(arguments.lang))
    if arguments.json:
        output.json_line({"short": stock.short})
    elif stock.short:
        rows = (packs.lack(one, words) for one in stock.short)
        output.table([headings(packs.SHORT, words), *rows])
    else:
        output.line(phrase.said("enough", words))
    return 1 if stock.short else 0


def _found(arguments: argparse.Namespace) -> int:
    """List the packs of a lot, below them those that are used up, and its cylinders."""
    words, lot = Words(Language(arguments.lang)), arguments.lot
    with visit(arguments.socket) as daemon:
        stock = kept.only(daemon.snapshot, Stock)
        bottles = [one for each in kept.every(daemon.snapshot, Gases) for one in each.cylinders]
    found, spent = packs.of(stock.packs, lot), packs.of(stock.spent, lot)
    cylinders = packs.of(bottles, lot)
    if arguments.json:
        told = {"packs": found, "spent": spent, "cylinders": cylinders}
        output.json_line({"lot": lot, **told})
    else:
        if found:
            _table(found, words)
        for line in packs.lines(spent, cylinders, words):
            output.line(line)
    if found or spent or cylinders:
        return 0
    if not arguments.json:
        output.line(phrase.said("no_lot", words, lot=lot))
    return 1


def _table(found: tuple[PackLine, ...], words: Words) -> None:
    rows = (packs.row(one, words) for one in found)
    output.table([headings(packs.HEADINGS, words), *rows])
