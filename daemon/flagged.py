"""What is to be seen of an act that was taken all the same: it happened, and is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checklists.stock import Pack
from daemon.reckoning import Reckoning
from daemon.state import State
from vitals.acts import Done, Receive, Take, Unseal
from vitals.against import Line
from vitals.vocabulary import Flag

Seen = tuple[Flag, Line]


def seen(reckoning: Reckoning, state: State, act: Done, at: datetime) -> list[Seen]:
    """Return each flag of an act before it is kept, with its line; `at` is when it was so."""
    match act:
        case Receive():
            return [*_received(reckoning, act, at)]
        case Take(pack=number) | Unseal(pack=number):
            packs = reckoning.packs(state)
            return [found for pack in packs if pack.number == number for found in _used(pack, at)]
        case _:
            return []


def _received(reckoning: Reckoning, act: Receive, at: datetime) -> Iterator[Seen]:
    if act.expires < at.date():
        line = f"lot {act.lot} expired on {act.expires}: it counts for nothing"
        yield Flag.EXPIRED, Line.of(line, "came_expired", lot=act.lot, day=act.expires)
    if reckoning.book.supplies.supply(act.item, act.atc) is None:
        line = f"{act.item} counts for no row of the minimum stock: take it in by its row's name"
        yield Flag.UNCOUNTED, Line.of(line, "uncounted", item=act.item)


def _used(pack: Pack, at: datetime) -> Iterator[Seen]:
    if pack.recalled:
        line = f"pack {pack.number}, lot {pack.lot}, is recalled: do not use it"
        yield Flag.RECALLED, Line.of(line, "recalled", pack=pack.number, lot=pack.lot)
    if pack.until(at.tzinfo) < at:
        line = f"pack {pack.number}, lot {pack.lot}, is past its time: do not use it"
        yield Flag.EXPIRED, Line.of(line, "past", pack=pack.number, lot=pack.lot)
