"""What a scanned code says of a pack, put beside what is known of such packs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from checklists.doubt import Refusal
from checklists.received import articles
from checklists.scan import GS, Scan, scanned, separates
from checklists.stock import Pack, same
from daemon.protocol.practice import Scanning
from daemon.protocol.saying import Scan as Asked


async def read(asked: Asked, packs: Sequence[Pack], today: date) -> Scanning:
    """Return what a code says; a refusal repeats nothing of it."""
    if asked.separator != GS and not separates(asked.separator):
        detail = f"a lot may have {asked.separator!r} in it: set the scanner to another separator"
        return Scanning(asked.id, refused="separator", detail=detail)
    # The library reads large tables when it is first used: the watch goes on meanwhile.
    found = await asyncio.to_thread(scanned, asked.text, today, asked.separator)
    if isinstance(found, Refusal):
        return Scanning(asked.id, refused=found.doubt.value, detail=found.line)
    if len(of := articles(packs, found.gtin)) > 1:
        there = " and ".join(f"{item} on pack {one.number}" for item, one in of.items())
        detail = f"GTIN {found.gtin} is {there}: one number is one item: counter what is wrong"
        return Scanning(asked.id, refused="article", detail=detail)
    return _told(asked.id, found, packs)


def _told(number: str, found: Scan, packs: Sequence[Pack]) -> Scanning:
    like = [one for one in packs if one.gtin == found.gtin]
    there = same(packs, found.once)
    return Scanning(
        number,
        gtin=found.gtin,
        lot=found.lot,
        expires=found.expires,
        once=found.once,
        item=like[-1].item if like else "",
        atc=like[-1].atc if like else "",
        ware=like[-1].ware if like else None,
        pack=there.number if there else None,
    )
