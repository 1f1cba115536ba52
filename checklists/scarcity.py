"""What is to be said of the gases at a place: what holds the next case, and what is to be known.

The thresholds are rows of gases.toml, each with its source. Nitrous oxide never holds: the
anaesthetic can do without. Air holds only where the machine needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

from checklists.gasrules import GasRules, Kept, Threshold, Trouble
from checklists.ledger import Bottle
from checklists.supply import Place, Reserve, Supply, expired, has_liquid, read_on
from vitals.practice import Gas
from vitals.vocabulary import Weight


class Scarcity(Struct, frozen=True, kw_only=True):
    """One thing that is to be said of a gas at a place."""

    id: Trouble
    place: str
    gas: Gas
    weight: Weight
    """Hold or notice."""
    orders: bool
    """It is to be ordered."""
    source: str
    approved: bool
    """False: rests on a proposal that nobody has approved."""
    document: str = ""
    """The source without the place in it."""
    value: float | None = None
    """What was found, in the unit of the limit; None: nothing was read, or nothing is counted."""
    limit: float | None = None
    cylinders: tuple[str, ...] = ()
    """Which it is about; empty: none, or all of them together."""


class _Scene(Struct, frozen=True):
    supply: Supply
    place: Place
    kept: Kept
    limit: float
    at: datetime


class _Said(Struct, frozen=True):
    """What was found of a threshold, and of which cylinders."""

    value: float | None = None
    cylinders: tuple[str, ...] = ()


def scarcities(
    supply: Supply, place: Place, rules: GasRules, now: datetime
) -> tuple[Scarcity, ...]:
    """Return what is to be said of a gas at a place at `now`, what holds first.

    `now` carries the time zone of the clinic.
    """
    found = []
    for trouble, look in LOOKS.items():
        row = rules.thresholds[trouble]
        scene = _Scene(supply, place, rules.kept[supply.gas], row.limit or 0.0, now)
        if supply.gas in row.gases and (said := look(scene)) is not None:
            found.append(_scarcity(row, supply, place, said))
    order = list(Weight)
    return tuple(sorted(found, key=lambda one: order.index(one.weight)))


def _scarcity(row: Threshold, supply: Supply, place: Place, said: _Said) -> Scarcity:
    holds = supply.gas in row.holds and supply.gas in (Gas.OXYGEN, *place.needed)
    return Scarcity(
        id=row.id,
        place=supply.place,
        gas=supply.gas,
        weight=Weight.HOLD if holds else Weight.NOTICE,
        orders=row.orders,
        source=str(row.source),
        document=row.source.document,
        approved=row.approved,
        value=said.value,
        limit=row.limit,
        cylinders=said.cylinders,
    )


def _stop(scene: _Scene) -> _Said | None:
    """Less than the reserve is in use, and the reserve is not full; nothing read is nothing."""
    supply = scene.supply
    enough = (supply.litres or 0.0) >= scene.kept.reserve_l
    return None if enough or supply.reserve is Reserve.FULL else _Said(supply.litres)


def _reserve(*states: Reserve) -> Callable[[_Scene], _Said | None]:
    def look(scene: _Scene) -> _Said | None:
        supply = scene.supply
        return _Said(None, _names(supply.spare)) if supply.reserve in states else None

    return look


def _expired(scene: _Scene) -> _Said | None:
    bottles = (*scene.supply.in_use, *scene.supply.spare)
    return _named(one for one in bottles if expired(one, scene.at.date()))


def _recalled(scene: _Scene) -> _Said | None:
    bottles = (*scene.supply.in_use, *scene.supply.spare)
    return _named(one for one in bottles if one.recalled)


def _absent(scene: _Scene) -> _Said | None:
    return None if scene.supply.in_use or scene.supply.spare else _Said()


def _missing(scene: _Scene) -> _Said | None:
    return None if scene.supply.in_use else _Said()


def _unread(scene: _Scene) -> _Said | None:
    return _named(one for one in scene.supply.in_use if not read_on(one, scene.at))


def _liquid_gone(scene: _Scene) -> _Said | None:
    """Return whose liquid is gone, where no other in use is known to have some."""
    in_use = scene.supply.in_use
    if any(one.liquid_gone is not True and has_liquid(one, scene.kept) for one in in_use):
        return None
    return _named(one for one in in_use if one.liquid_gone)


def _unweighed(scene: _Scene) -> _Said | None:
    """Return what was never weighed; of what has no liquid left that is said instead."""
    in_use = scene.supply.in_use
    return _named(one for one in in_use if one.kg is None and not one.liquid_gone)


def _soon(scene: _Scene) -> _Said | None:
    return _below(scene.supply.now_min, scene)


def _pressure(scene: _Scene) -> _Said | None:
    """Return the lowest pressure read today, and whose."""
    read = [(one.bar, one) for one in scene.supply.in_use if read_on(one, scene.at)]
    low = [(bar, one) for bar, one in read if bar is not None and bar < scene.limit]
    if not low:
        return None
    return _Said(min(bar for bar, _ in low), _names(one for _, one in low))


def _cases(scene: _Scene) -> _Said | None:
    return _below(_per(scene.supply.litres, scene.supply.usage.high_l), scene)


def _list(scene: _Scene) -> _Said | None:
    return _below(_per(scene.supply.day_l, scene.supply.usage.high_l), scene)


def _tomorrow(scene: _Scene) -> _Said | None:
    wanted_l = (scene.place.next or 0) * scene.supply.usage.high_l
    return _below(_per(scene.supply.day_l, wanted_l), scene)


def _share(scene: _Scene) -> _Said | None:
    return _below(scene.supply.share, scene)


LOOKS: dict[Trouble, Callable[[_Scene], _Said | None]] = {
    Trouble.STOP: _stop,
    Trouble.RESERVE_MISSING: _reserve(Reserve.MISSING),
    Trouble.RESERVE_UNREAD: _reserve(Reserve.UNREAD),
    Trouble.EXPIRED: _expired,
    Trouble.RECALLED: _recalled,
    Trouble.RESERVE_SHORT: _reserve(Reserve.PARTIAL, Reserve.SHORT),
    Trouble.ABSENT: _absent,
    Trouble.MISSING: _missing,
    Trouble.UNREAD: _unread,
    Trouble.SOON: _soon,
    Trouble.PRESSURE: _pressure,
    Trouble.CASES: _cases,
    Trouble.LIST: _list,
    Trouble.TOMORROW: _tomorrow,
    Trouble.LIQUID_GONE: _liquid_gone,
    Trouble.UNWEIGHED: _unweighed,
    Trouble.SHARE: _share,
    Trouble.ORDER_SHARE: _share,
}
"""What looks for each, the worst first."""


def _below(value: float | None, scene: _Scene) -> _Said | None:
    """Return a number below the limit; what is not known is not below it."""
    return _Said(value) if value is not None and value < scene.limit else None


def _per(litres: float | None, of_l: float) -> float | None:
    return litres / of_l if litres is not None and of_l > 0 else None


def _named(bottles: Iterable[Bottle]) -> _Said | None:
    names = _names(bottles)
    return _Said(None, names) if names else None


def _names(bottles: Iterable[Bottle]) -> tuple[str, ...]:
    return tuple(one.label.cylinder for one in bottles)
