"""Stock as clients are told of it: every pack with something left, and what is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checklists.freshness import ending, first_out, last_day, status
from checklists.shortage import shortages
from checklists.stock import Pack
from checklists.supplies import Supplies
from daemon.listed import phrase, stamp
from daemon.protocol.naming import Named
from daemon.protocol.practice import PackLine, Shortage, Stock
from daemon.protocol.spent import Spent
from daemon.workday import Workday

SPENT = 200
"""So many packs that are used up are told, the last ones first; of recalled lots every one."""


def stocked(packs: Sequence[Pack], rows: Supplies, workday: Workday) -> Stock:
    """Return the message; what ends first stands at the top."""
    now = workday.at
    out = first_out(packs, rows.ahead, now)
    first = {queue[0] for queue in out.values()}
    there = [one for one in packs if one.quantity > 0]
    left = sorted(there, key=lambda one: one.until(now.tzinfo))
    return Stock(
        packs=tuple(_pack(one, rows, workday, first=one in first) for one in left),
        short=tuple(
            Shortage(
                item=one.row.id,
                label=phrase(one.row.label),
                place=", ".join(one.places),
                there=one.there,
                least=one.row.least,
                hold=one.row.hold,
                source=str(one.row.source),
            )
            for one in shortages(packs, rows, workday.ground, now)
        ),
        spent=tuple(_spent(packs)),
        rows=tuple(Named(one.id, phrase(one.label), one.ware) for one in rows.supplies),
    )


def _spent(packs: Sequence[Pack]) -> Iterator[Spent]:
    """Yield what is used up, the last one taken in first: a recall asks for that too."""
    gone = [one for one in reversed(packs) if one.quantity == 0]
    for number, one in enumerate(gone):
        if number < SPENT or one.recalled:
            yield Spent(
                pack=one.number,
                item=one.item,
                lot=one.lot,
                expires=one.expires,
                place=one.place,
                used=one.used,
                thrown=one.thrown,
                used_at=stamp(one.used_at),
                recalled=one.recalled,
                missed=one.missed,
                missed_at=stamp(one.missed_at),
            )


def _pack(pack: Pack, rows: Supplies, workday: Workday, *, first: bool) -> PackLine:
    row = rows.supply(pack.item, pack.atc)
    return PackLine(
        pack=pack.number,
        item=pack.item,
        label=pack.item if row is None else row.label.en,
        ware=pack.ware,
        atc=pack.atc,
        lot=pack.lot,
        expires=pack.expires,
        until=last_day(pack, workday.at),
        quantity=pack.quantity,
        place=pack.place,
        status=status(pack, rows.ahead, workday.at).value,
        first=first,
        opened_at=stamp(pack.opened_at),
        warm_since=stamp(pack.warm_since),
        title=None if row is None else phrase(row.label),
        until_at=stamp(ending(pack, workday.at)),
    )
