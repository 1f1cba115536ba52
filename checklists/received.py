"""What speaks against a pack that is taken in: its label beside what is known of such packs.

What is odd and may be so is asked back once, and taken when it is said with `again`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from checklists.atc import Codes
from checklists.entry import Entry, standing
from checklists.expiry import REACH_YEARS, plausible
from checklists.stock import Pack, packs, same, spelt
from checklists.supplies import Supplies, Supply
from checklists.swallowed import national
from vitals.acts import Receive
from vitals.against import Line
from vitals.rows import Label

_NUMBERED = re.compile(r"([a-z]{2}-)[0-9]{2}[a-z]?", re.IGNORECASE)
"""What the rows of the minimum stock are called, and nothing else is."""


def label_refusals(
    act: Receive, entries: Sequence[Entry], rows: Supplies, codes: Codes, today: date
) -> Iterator[Line]:
    """Yield what speaks against a label, each with the way on; `today` is when the pack came."""
    stock, row = packs(entries, rows), rows.named(act.item)
    if (there := same(stock, act.once)) is not None:
        line = f"this pack is there as {there.number} at {there.place}: count or shift that one"
        yield Line.of(line, "pack_there", pack=there.number, place=there.place)
    if not plausible(act.expires, today):
        line = (
            f"{act.expires} is no expiry, more than {REACH_YEARS} years from today: "
            "read the label again"
        )
        yield Line.of(line, "no_expiry", day=act.expires, years=REACH_YEARS)
    if act.atc and not codes.known(act.atc):
        word, meant = ("meant" if codes.meant(act.atc) else "suspect"), codes.meant(act.atc)
        yield Line.of(codes.suspect(act.atc) or act.atc, word, code=act.atc, expected=meant)
    yield from _unlike(act, row) if row else _unnamed(act.item, rows)
    yield from _article(act, stock, rows)
    yield from _otherwise(act, stock)


def label_doubt(
    act: Receive, entries: Sequence[Entry], rows: Supplies, codes: Codes, today: date
) -> Line | None:
    """Return what is asked back once about a label that may be so; None: nothing."""
    if act.again:
        return None
    return next(chain(_by_code(act, rows), _asked(act, standing(entries), codes, today)), None)


def articles(stock: Sequence[Pack], gtin: str) -> dict[str, Pack]:
    """Return by item the first pack that has an article number; more than one is a mistake."""
    found: dict[str, Pack] = {}
    for pack in stock:
        if gtin and pack.gtin == gtin:
            found.setdefault(pack.item, pack)
    return found


def _unlike(act: Receive, row: Supply) -> Iterator[Line]:
    """Yield that a pack is not what the row of its item is."""
    name = f"{row.id} {row.label.en}"
    if act.ware is not row.ware:
        line = f"{name} is of {row.ware.value}, and not of {act.ware.value}: mend either"
        yield Line.of(line, "other_ware", item=row.label)
    if act.atc and row.atc and not any(act.atc.startswith(one) for one in row.atc):
        line = f"{act.atc} is not {name}, which is {' or '.join(row.atc)}: mend either"
        yield Line.of(line, "other_code", code=act.atc, item=row.label, expected=row.atc)


def _unnamed(item: str, rows: Supplies) -> Iterator[Line]:
    """Yield that what is called as rows are is none of them."""
    if (form := _NUMBERED.fullmatch(item)) is not None:
        near = [one.id for one in rows.supplies if one.id.startswith(form[1].lower())]
        way = f"expected {', '.join(near)}, or" if near else "write"
        line = f"the minimum stock has no row {item}: {way} a name in words"
        yield Line.of(line, "no_item", item=item)


def _article(act: Receive, stock: Sequence[Pack], rows: Supplies) -> Iterator[Line]:
    """Yield that the article number is another item's: one number is one item."""
    for item, pack in articles(stock, act.gtin).items():
        if item != act.item:
            line = (
                f"GTIN {act.gtin} is {item} on pack {pack.number}, and {act.item} here: "
                f"read the label again, and counter {pack.number} if that is wrong"
            )
            yield Line.of(line, "other_item", item=_called(item, rows), pack=pack.number)
            return


def _otherwise(act: Receive, stock: Sequence[Pack]) -> Iterator[Line]:
    """Yield that the same lot of the same item was taken in with another last day."""
    for pack in stock:
        alike = pack.item == act.item or (act.gtin and pack.gtin == act.gtin)
        if alike and spelt(pack.lot) == spelt(act.lot) and pack.expires != act.expires:
            line = (
                f"lot {act.lot} has the expiry {pack.expires} on pack {pack.number} and "
                f"{act.expires} here: look at both, and counter {pack.number} if that is wrong"
            )
            there = pack.expires
            yield Line.of(line, "other_expiry", lot=act.lot, pack=pack.number, day=there)
            return


def _by_code(act: Receive, rows: Supplies) -> Iterator[Line]:
    """Yield that a pack is to count for a row by its code alone, which has no strength."""
    row = rows.supply(act.item, act.atc)
    if row is None or row.id == act.item or row.called(act.item):
        return
    line = (
        f"{act.item} counts as {row.id} {row.label.en} by {act.atc}, which says nothing of its "
        f"strength: if it is that, take it in with again; else leave {act.atc} out"
    )
    yield Line.of(line, "by_code", item=act.item, expected=row.label, code=act.atc)


def _asked(act: Receive, said: Sequence[Entry], codes: Codes, today: date) -> Iterator[Line]:
    """Yield what is asked back once."""
    if codes.known(act.atc) and (line := codes.suspect(act.atc)) is not None:
        yield Line.of(f"{line}: if it is the one, take it in with again", "doubtful", code=act.atc)
    if act.gtin and (parted := national(act.lot)) is not None:
        lot, number = parted
        asked = (
            f"lot {act.lot} may be lot {lot} with a national number {number[:3]} {number[3:]} "
            "behind it: read the label; if it is the lot, take it in with again"
        )
        yield Line.of(asked, "lot_number", lot=act.lot, read=lot)
    for one in said:
        if one.day == today and isinstance(one.act, Receive) and _alike(one.act, act):
            alike = (
                f"lot {act.lot} of {act.item} was taken in today as pack {one.number}, "
                f"{one.act.quantity} of it: if this is another, take it in with again"
            )
            yield Line.of(alike, "again", lot=act.lot, item=act.item, pack=one.number)
            return


def _called(item: str, rows: Supplies) -> Label | str:
    row = rows.named(item)
    return item if row is None else row.label


def _alike(one: Receive, other: Receive) -> bool:
    """Tell whether two labels are the same; two serial numbers are two packs."""
    if one.once and other.once:
        return False
    lots = spelt(one.lot) == spelt(other.lot)
    return lots and (one.item, one.expires, one.place) == (other.item, other.expires, other.place)
