"""What there is less of than there is to be, where the work is: only what may be used counts.

Emergency drugs and what belongs to the defibrillator are there on the day of the operation, in
date: Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3, Patientsikkerhed
and Krav til anæstesi.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from checklists.freshness import usable
from checklists.stock import Pack
from checklists.supplies import Supplies, Supply


class Ground(Struct, frozen=True):
    """Where the work is, and what is done there."""

    site: str
    """The place of what belongs to the clinic."""
    kits: tuple[str, ...]
    """The places of what came along; what is asked of a kit may lie in any of them."""
    codes: tuple[str, ...] | None = None
    """The services that are given there; None: any may be."""

    def places(self, row: Supply) -> tuple[str, ...]:
        """Return where a row is asked for."""
        return self.kits if row.scope == "kit" else (self.site,)

    def asks(self, row: Supply) -> bool:
        """Tell whether a row is asked for with what is done there."""
        return self.codes is None or not row.codes or not set(row.codes).isdisjoint(self.codes)


class Shortage(Struct, frozen=True):
    """A row of which less is there than is to be."""

    row: Supply
    places: tuple[str, ...]
    there: int
    """So much that may be used."""


def shortages(
    stock: Sequence[Pack], rows: Supplies, ground: Ground, now: datetime
) -> tuple[Shortage, ...]:
    """Return what is short at a moment, in the order of the rows.

    `now` has the time zone of the clinic.
    """
    counts = (
        Shortage(row, ground.places(row), sum(one.quantity for one in counting))
        for row, counting in counted(stock, rows, ground, now)
    )
    return tuple(one for one in counts if one.there < one.row.least)


def counted(
    stock: Sequence[Pack], rows: Supplies, ground: Ground, now: datetime
) -> Iterator[tuple[Supply, tuple[Pack, ...]]]:
    """Yield each row that is asked for with the packs that count for it: usable, and where it is.

    A pack counts for one row alone.
    """
    good = [(rows.supply(one.item, one.atc), one) for one in stock if usable(one, rows.ahead, now)]
    for row in rows.supplies:
        if ground.asks(row):
            places = ground.places(row)
            yield row, tuple(one for of, one in good if of is row and one.place in places)
