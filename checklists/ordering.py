"""What gases are to be ordered, by whom, and what has been ordered already.

Who orders is agreed between the anaesthesiologist and the operating clinic. Source: Modernisering
af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3, Krav til anæstesi.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from checklists.gasrules import Trouble
from checklists.ledger import Ordered
from checklists.scarcity import Scarcity
from checklists.supply import Supply
from vitals.practice import Gas, Responsible


class Order(Struct, frozen=True, kw_only=True):
    """One gas that is to come to a place."""

    place: str
    gas: Gas
    who: Responsible
    why: tuple[Trouble, ...]
    """Empty: it was ordered before it was asked for."""
    ordered: Ordered | None
    """Was ordered already; None: is still to be."""


def order_list(
    found: Iterable[Supply], said: Sequence[Scarcity], who: Mapping[Gas, Responsible]
) -> tuple[Order, ...]:
    """Return what is to be ordered or has been, for supplies of one clinic, what is open first.

    `said` is what is to be said of any of them, `who` orders each gas for that clinic; a gas that
    is not among them is ordered by agreement.
    """
    orders = [
        Order(
            place=one.place,
            gas=one.gas,
            who=who.get(one.gas, Responsible.AGREEMENT),
            why=_why(one, said),
            ordered=one.ordered,
        )
        for one in found
    ]
    wanted = [one for one in orders if one.why or one.ordered is not None]
    return tuple(sorted(wanted, key=lambda one: one.ordered is not None))


def _why(supply: Supply, said: Iterable[Scarcity]) -> tuple[Trouble, ...]:
    spot = (supply.place, supply.gas)
    return tuple(one.id for one in said if one.orders and (one.place, one.gas) == spot)
