"""What `vagt stock` says: packs, what expires first at the top, and what is short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from checklists.stock import spelt
from daemon.protocol.practice import CylinderLine, PackLine, Scanning, Shortage
from daemon.protocol.spent import Spent
from vagt.phrase import NOTHING, clock, day, said, spoken
from vitals.vocabulary import Weight
from words.catalogue import Words

HEADINGS = ("pack", "until", "status", "item", "name", "lot", "left", "place", "atc", "opened")
SHORT = ("item", "place", "there", "least", "hold", "what", "source")
"""Columns of the packs, and of what is short; `head.<name>` are their words."""

Lot = TypeVar("Lot", PackLine, Spent, CylinderLine)


def row(pack: PackLine, words: Words) -> tuple[str, ...]:
    """Return one pack; `first` stands at the one to use before the others."""
    status = words.named("pack", pack.status)
    name = pack.label if pack.title is None else spoken(pack.title, words)
    opened = [clock(one) for one in (pack.opened_at, pack.warm_since) if one]
    return (
        str(pack.pack),
        clock(pack.until_at) if pack.until_at else day(pack.until),
        f"{status}, {said('first', words)}" if pack.first else status,
        pack.item,
        name or NOTHING,
        pack.lot,
        str(pack.quantity),
        pack.place,
        pack.atc or NOTHING,
        ", ".join(opened) or NOTHING,
    )


def lack(one: Shortage, words: Words) -> tuple[str, ...]:
    """Return one supply that is short."""
    holds = words.named("heavy", Weight.HOLD) if one.hold else NOTHING
    counts = str(one.there), str(one.least), holds
    return (one.item, one.place, *counts, spoken(one.label, words), one.source)


def of(packs: Iterable[Lot], lot: str) -> tuple[Lot, ...]:
    """Return the packs or cylinders of a lot, however it is written, as a recall finds them."""
    return tuple(one for one in packs if lot.strip() and spelt(one.lot) == spelt(lot))


def gone(one: Spent, words: Words) -> str:
    """Return that a pack is used up: how much of it was used and thrown away, and when."""
    at = clock(one.used_at)
    counts = {"used": one.used, "thrown": one.thrown, "at": at}
    return said("spent", words, pack=one.pack, item=one.item, place=one.place, **counts)


def lines(spent: Iterable[Spent], cylinders: Iterable[CylinderLine], words: Words) -> Iterator[str]:
    """Yield what else there is of a lot: what is used up or was counted away, and cylinders."""
    for one in spent:
        yield gone(one, words)
        if one.missed:
            yield missed(one, words)
    for each in cylinders:
        yield bottle(each, words)


def missed(one: Spent, words: Words) -> str:
    """Return that so much of a pack was not there any more when it was counted, and when."""
    counts = {"count": one.missed, "at": clock(one.missed_at)}
    return said("missed", words, pack=one.pack, item=one.item, place=one.place, **counts)


def bottle(one: CylinderLine, words: Words) -> str:
    """Return where a cylinder of a lot stands, and what it is there for."""
    gas, use = words.named("gas", one.gas), words.named("use", one.use)
    return said("lot_cylinder", words, name=one.name, gas=gas, place=one.place, use=use)


def read(scanned: Scanning, words: Words) -> Iterator[tuple[str, ...]]:
    """Yield what a code says, field by field; a dash where it says nothing."""
    told = {
        "gtin": scanned.gtin,
        "lot": scanned.lot,
        "expires": day(scanned.expires),
        "item": scanned.item,
        "ware": words.named("ware", scanned.ware) if scanned.ware else "",
        "atc": scanned.atc,
    }
    for name, value in told.items():
        yield (words.named("head", name), value or NOTHING)
