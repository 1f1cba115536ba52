"""Gases as clients are told of them: cylinders, and for how long what is in them is enough."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from checklists.gasrules import Compressed, GasRules, Kept, Trouble
from checklists.ledger import Bottle, Stores
from checklists.scarcity import Scarcity, scarcities
from checklists.supply import Reserve, Supply, expired, predicted, read_on, supplies
from daemon.listed import stamp
from daemon.outlets import outlets
from daemon.protocol import practice
from daemon.protocol.practice import CylinderLine
from daemon.state import State
from daemon.workday import Workday
from vitals.acts import Connect, Cylinder, Flow, Gauge, OrderGas, Recall, Weigh
from vitals.practice import Gas
from vitals.vocabulary import Weight

OF_GAS = (Cylinder, Connect, Gauge, Weigh, Flow, OrderGas)
"""What is said of gases."""
OF_CYLINDERS = (*OF_GAS, Recall)
"""What a cylinder stands by: a lot is recalled whatever it is a lot of."""
_UNREAD = {Trouble.UNREAD, Trouble.RESERVE_UNREAD}
_NAMED = _UNREAD | {Trouble.RESERVE_MISSING, Trouble.EXPIRED, Trouble.RECALLED}
"""Have words of their own; of what else holds there is too little."""


class Supplied(Struct, frozen=True, kw_only=True):
    """The gases where the work is, at one moment."""

    stores: Stores
    found: tuple[Supply, ...]
    said: tuple[Scarcity, ...]

    @property
    def minutes(self) -> dict[Gas, float | None]:
        """Return for how many minutes each gas that flows is enough, None being not known."""
        told: dict[Gas, float | None] = {}
        for gases in predicted(self.found).values():
            for gas, minutes in gases.items():
                known = [one for one in (minutes, told.get(gas)) if one is not None]
                told[gas] = min(known, default=None)
        return told


def supplied(there: Stores, rules: GasRules, workday: Workday, state: State) -> Supplied:
    """Return what there is of each gas where the work is."""
    found: list[Supply] = []
    said: list[Scarcity] = []
    for place in outlets(workday, there, state):
        for one in supplies(there, rules, place, workday.at):
            found.append(one)
            said += scarcities(one, place, rules, workday.at)
    return Supplied(stores=there, found=tuple(found), said=tuple(said))


def told(
    gases: Supplied, rules: GasRules, workday: Workday, live: Collection[str]
) -> practice.Gases:
    """Return the message; `live` are the cylinders that a monitor reads just now."""
    here = [one for one in gases.stores.bottles if one.label.place in workday.places]
    return practice.Gases(
        cylinders=tuple(_cylinder(one, rules.kept[one.label.gas], workday, live) for one in here),
        supplies=tuple(_supply(one, gases.said, rules, workday) for one in gases.found),
    )


def _cylinder(bottle: Bottle, row: Kept, workday: Workday, live: Collection[str]) -> CylinderLine:
    label = bottle.label
    return CylinderLine(
        name=label.cylinder,
        gas=label.gas,
        place=label.place,
        use=bottle.use,
        capacity_l=label.capacity_l,
        bar=_rounded(bottle.bar),
        kg=bottle.kg,
        litres=_rounded(bottle.litres),
        estimated=bottle.estimated,
        read_at=stamp(bottle.read_at),
        today=read_on(bottle, workday.at),
        live=label.cylinder in live,
        weighed=None if isinstance(row, Compressed) else bottle.kg is not None,
        liquid_gone=bottle.liquid_gone is True,
        lot=label.lot,
        expires=label.expires,
        expired=expired(bottle, workday.day.day),
        recalled=bottle.recalled,
    )


def _supply(
    supply: Supply, said: Iterable[Scarcity], rules: GasRules, workday: Workday
) -> practice.Supply:
    own = [one for one in said if (one.place, one.gas) == (supply.place, supply.gas)]
    asked = rules.kept[supply.gas].reserve_l
    return practice.Supply(
        gas=supply.gas,
        place=supply.place,
        litres=_rounded(supply.litres),
        flow_l_min=_rounded(supply.l_min),
        now_min=_rounded(supply.now_min),
        day_min=_rounded(supply.day_min),
        minutes=_rounded(supply.minutes),
        reserve=supply.reserve is Reserve.FULL if asked > 0 else None,
        state=_state(own, ordered=supply.ordered is not None),
        orders=workday.clinic.orderer(supply.gas),
        wanted=supply.ordered is not None or any(_orders(own)),
        ordered_at=stamp(supply.ordered.at) if supply.ordered else "",
        cases=supply.cases,
        estimated=supply.estimated,
        holds=any(one.weight is Weight.HOLD for one in own),
        spare=supply.reserve.value if asked else "",
        spare_l=_rounded(supply.reserve_l) if asked else None,
        least_l=asked or None,
    )


def _state(said: Sequence[Scarcity], *, ordered: bool) -> str:
    """Return the worst of what is said of a gas at a place, in one word; `ok` for nothing.

    What holds, or is alarmed of, comes before what is to be ordered; what was ordered stays on the
    list of orders until it has come.
    """
    held = {one.id for one in said if one.weight is Weight.HOLD} - _unknown(said)
    every = {one.id for one in said}
    words = (
        ("none", Trouble.ABSENT in every),
        ("recalled", Trouble.RECALLED in held),
        ("hold", held - _NAMED),
        ("no_reserve", Trouble.RESERVE_MISSING in held),
        ("expired", Trouble.EXPIRED in held),
        ("soon", Trouble.SOON in every),
        ("not_read", every & _UNREAD),
        ("recalled", Trouble.RECALLED in every),
        ("expired", Trouble.EXPIRED in every),
        ("liquid_gone", Trouble.LIQUID_GONE in every),
        ("unweighed", Trouble.UNWEIGHED in every),
        ("order", ordered or any(_orders(said))),
        ("notice", said),
    )
    return next((word for word, so in words if so), "ok")


def _orders(said: Sequence[Scarcity]) -> Iterator[Trouble]:
    """Yield for what a gas is to be ordered."""
    unknown = _unknown(said)
    return (one.id for one in said if one.orders and one.id not in unknown)


def _unknown(said: Sequence[Scarcity]) -> set[Trouble]:
    """Return what rests on nothing but that nobody has read what is there: that comes first."""
    unread = any(one.id is Trouble.UNREAD for one in said)
    return {one.id for one in said if unread and one.id is Trouble.STOP and one.value is None}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
