"""`vagt stock scan`: what a code on a pack says, shown before anything is stored."""

from __future__ import annotations

import argparse
import sys

from msgspec import structs

from checklists.scan import GS, separates
from daemon.protocol.messages import Answer, Result, Snapshot
from daemon.protocol.practice import Clinic, Scanning, Stock
from daemon.protocol.saying import Scan
from vagt import kept, naming, output, packs, phrase, prompt
from vagt.acted import made
from vagt.doing import ID, Deeds, answered, document, ordered, saying
from vagt.main import UsageError
from vagt.show import initials
from vagt.visit import visit
from vitals.acts import Receive
from vitals.practice import Ware
from words.catalogue import Language, Words

LIMIT = 200
"""Characters of a code, at most."""
_ASKED = ("item", "ware", "place")
"""What no code may say; `said.ask_<name>` is how it is said."""


def arguments(deeds: Deeds) -> None:
    """Declare the code, and what of a pack no code says."""
    scan = saying(deeds, "scan", "read the code of a pack; it is stored only when you say so")
    scan.add_argument("text", metavar="TEXT", help="as the scanner types it, or - for the input")
    sign = "what the scanner sends between fields, as ~, where it cannot send GS"
    scan.add_argument("--separator", default=GS, metavar="C", help=sign)
    scan.add_argument("--item", help="as dr-08, Propofol or a name: where it is not known")
    wares = [one.value for one in Ware]
    scan.add_argument("--ware", choices=wares, help="what it holds, where it is not known")
    scan.add_argument("--atc", help="as N01BB02, where it is not known")
    scan.add_argument("--quantity", default="1", metavar="N", help="ampoules or pieces; default: 1")
    scan.add_argument("--place", help="a kit or a clinic; default: the one kit that is there")
    scan.add_argument("--again", action="store_true", help="what was asked back is so")
    scan.add_argument("--yes", action="store_true", help="store it, and do not ask")


def run(arguments: argparse.Namespace) -> int:
    """Show what was read and store it where somebody says so; 1 where it cannot be, or is not."""
    asked = _asked(arguments)
    with visit(arguments.socket) as daemon:
        snapshot, found = daemon.snapshot, daemon.scan(asked)
    if isinstance(found, Answer):
        return answered(found, arguments)
    words = Words(Language(arguments.lang))
    told = _told(found, arguments, snapshot)
    why = _unfit(found, words) or _missing(told, words)
    order = None if why else ordered(made(Receive, told), arguments)
    if not arguments.json and not found.refused:
        output.table([*packs.read(found, words)])
    if order is None:
        return _kept_out(found, why, arguments)
    if not (arguments.yes or _willing(arguments)):
        return _told_only(found, arguments)
    with visit(arguments.socket) as daemon:
        return _stored(found, daemon.ask(order), arguments)


def _asked(arguments: argparse.Namespace) -> Scan:
    text = arguments.text
    if text == "-":
        text = sys.stdin.readline(LIMIT + 2)
    text = text.strip("\r\n")
    if not 0 < len(text) <= LIMIT:
        raise UsageError(f"a code has 1 to {LIMIT} characters: scan it again")
    if not separates(arguments.separator):
        sign = arguments.separator
        raise UsageError(f"--separator {sign!r}: choose one that no code holds, as ~ or |")
    return Scan(ID, initials(arguments.by), text, arguments.separator)


def _unfit(found: Scanning, words: Words) -> str:
    """Return why there is nothing to store; the daemon's own line of it is English."""
    if not found.refused:
        return "" if found.pack is None else phrase.said("twice", words, pack=found.pack)
    why = found.detail
    if words.language is not Language.ENGLISH:
        own = words.named("scan", found.refused)
        bare = phrase.said("because", words, why=own, detail=found.detail)
        # The arrow is a key of the dashboard; what it does there is `receive` here.
        why = bare if own == found.refused else own.replace("↓ ", "")
    return phrase.said("refused", words, why=why)


def _willing(arguments: argparse.Namespace) -> bool:
    """Ask somebody at a terminal; elsewhere nobody is willing."""
    if arguments.json or not prompt.at_terminal():
        return False
    words = Words(Language(arguments.lang))
    return prompt.agreed(phrase.said("store", words, count=arguments.quantity))


def _kept_out(found: Scanning, why: str, arguments: argparse.Namespace) -> int:
    _document(found, None, why) if arguments.json else output.line(why)
    return 1


def _told_only(found: Scanning, arguments: argparse.Namespace) -> int:
    words = Words(Language(arguments.lang))
    why = phrase.said("stored", words, why=phrase.said("say_yes", words))
    _document(found, None, why) if arguments.json else output.line(why)
    return 0


def _told(found: Scanning, arguments: argparse.Namespace, snapshot: Snapshot) -> dict[str, object]:
    """Return what a code says of a pack, and what was said beside it."""
    stock = kept.only(snapshot, Stock)
    return structs.asdict(found) | {
        "item": naming.item(stock, arguments.item) if arguments.item else found.item,
        "ware": arguments.ware or found.ware,
        "atc": arguments.atc or found.atc,
        "quantity": arguments.quantity,
        "again": arguments.again,
        "place": arguments.place or kept.kit(kept.only(snapshot, Clinic)),
    }


def _missing(told: dict[str, object], words: Words) -> str:
    """Return what is to be said before a pack is stored; empty: nothing."""
    fields = {"wares": ", ".join(_ware(one, words) for one in Ware)}
    lacking = [phrase.said(f"ask_{name}", words, **fields) for name in _ASKED if not told[name]]
    return phrase.said("stored", words, why="; ".join(lacking)) if lacking else ""


def _ware(ware: Ware, words: Words) -> str:
    """Return what is typed for a ware, and what it means where that is another word."""
    word = words.named("ware", ware)
    return ware.value if word == ware.value else f"{ware.value} ({word})"


def _stored(found: Scanning, answer: Answer, arguments: argparse.Namespace) -> int:
    if not arguments.json:
        return answered(answer, arguments)
    _document(found, document(answer), answer.detail)
    return 1 if answer.result is Result.REFUSED else 0


def _document(found: Scanning, stored: dict[str, object] | None, detail: str) -> None:
    output.json_line({"scanned": found, "stored": stored, "detail": detail})
