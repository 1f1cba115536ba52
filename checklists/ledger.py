"""Which cylinders stand where, and what is left in each, by everything that was said of them.

A reading holds for its moment; from then on what flowed is taken off it, evenly from all that are
in use at the place. A flow ends with its day: nobody leaves a gas running overnight. Times are
reckoned in UTC: on a wall an hour is missing once a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from msgspec import Struct, structs

from checklists.cylinder import ContentError, compressed_l, full_l, liquid_gone, weighed_l
from checklists.entry import Entry, standing
from checklists.gasrules import Compressed, GasRules, Liquefied
from checklists.label import anew, completed, meant
from checklists.stock import spelt
from vitals.acts import Connect, Cylinder, Flow, Gauge, OrderGas, Recall, Weigh
from vitals.practice import Gas, Use

Spot = tuple[str, Gas]
"""A place, and a gas there."""


class Sensed(Struct, frozen=True):
    """What a panel read of a cylinder by itself; its moment has a time zone."""

    at: datetime
    act: Gauge | Weigh


class How(StrEnum):
    """By what the content of a cylinder is known."""

    PRESSURE = "pressure"
    MASS = "mass"
    LEDGER = "ledger"
    """Said to be full when it was connected, less what flowed: estimated, not measured."""


class Bottle(Struct, frozen=True, kw_only=True):
    """One cylinder."""

    label: Cylinder
    use: Use
    litres: float | None = None
    """What is left; None: nobody has read it."""
    how: How | None = None
    read_at: datetime | None = None
    """When its content was read; None: never."""
    drawn: bool = False
    """What flowed since was taken off: estimated."""
    bar: float | None = None
    """The last pressure, which of a liquefied gas says nothing of the content."""
    kg: float | None = None
    """The last mass, with the cylinder; None: it was never weighed."""
    liquid_gone: bool | None = None
    recalled: bool = False
    """Its lot was called back: nobody is given of it."""

    @property
    def estimated(self) -> bool:
        """Tell whether the content is worked out rather than read."""
        return self.drawn or self.how is How.LEDGER


class Read(Struct, frozen=True, kw_only=True):
    """The content of a cylinder in use, as it was read."""

    cylinder: str
    spot: Spot
    epoch: int
    """Counts the changes of what is in use there: across one, two readings are not compared."""
    at: datetime
    litres: float
    sensed: bool
    alone: bool
    """Nothing else was in use there."""


class Ordered(Struct, frozen=True):
    """When a gas was ordered, and by whom."""

    at: datetime
    by: str


class Stores(Struct, frozen=True, kw_only=True):
    """All of it, at one moment."""

    bottles: tuple[Bottle, ...]
    flows: dict[Spot, float]
    """In l/min, where it was said today; 0: none."""
    ordered: dict[Spot, Ordered]
    """What was ordered and has not come."""
    reads: tuple[Read, ...]
    epochs: dict[Spot, int]

    def at(self, spot: Spot) -> tuple[Bottle, ...]:
        """Return the cylinders of a gas at a place, by name; without the empty ones."""
        kept = (one for one in self.bottles if one.use is not Use.EMPTY)
        return tuple(one for one in kept if (one.label.place, one.label.gas) == spot)


def stores(
    entries: Iterable[Entry], rules: GasRules, now: datetime, sensed: Iterable[Sensed] = ()
) -> Stores:
    """Return what stands where at `now`, whose time zone is the clinic's.

    What is said of a later moment counts for nothing yet, nor does a reading that cannot be so.
    """
    said = (one for one in standing(entries) if one.at <= now)
    seen = (Entry(0, one.at, one.at.date(), "", one.act) for one in sensed if one.at <= now)
    ledger = _Ledger(rules, now.tzinfo)
    for one in sorted([*said, *seen], key=lambda one: (one.at, one.number, str(one.act))):
        ledger.say(one)
    ledger.until(now)
    return ledger.stores(now)


class _Ledger:
    """Goes through what was said, moment by moment."""

    def __init__(self, rules: GasRules, zone: tzinfo | None) -> None:
        self._rules = rules
        self._zone = zone
        self._at: datetime | None = None
        self._bottles: dict[str, Bottle] = {}
        self._flows: dict[Spot, tuple[float, datetime]] = {}
        self._ordered: dict[Spot, Ordered] = {}
        self._epochs: dict[Spot, int] = {}
        self._reads: list[Read] = []
        self._lots: set[str] = set()
        """That were recalled."""

    def stores(self, now: datetime) -> Stores:
        """Return what stands where."""
        return Stores(
            bottles=tuple(self._held(one) for _, one in sorted(self._bottles.items())),
            flows={spot: l_min for spot, (l_min, end) in self._flows.items() if now < end},
            ordered=dict(self._ordered),
            reads=tuple(self._reads),
            epochs=dict(self._epochs),
        )

    def until(self, moment: datetime) -> None:
        """Let what flows flow until a moment."""
        since, self._at = self._at, moment.astimezone(UTC)
        if since is None:
            return
        for spot, (l_min, end) in self._flows.items():
            flowed_min = (min(self._at, end) - since) / timedelta(minutes=1)
            names = [name for name, _ in self._in_use(spot)]
            if flowed_min > 0 and l_min > 0 and names:
                self._draw(names, l_min * flowed_min / len(names))

    def say(self, entry: Entry) -> None:
        """Take in what was said at its moment, which is no earlier than the last."""
        self.until(entry.at)
        match entry.act:
            case Cylinder():
                self._label(entry.act)
            case Connect():
                self._connect(entry.act)
            case Gauge() | Weigh():
                self._read(entry, entry.act)
            case Flow(gas=gas, place=place, l_min=l_min):
                midnight = datetime.combine(entry.day + timedelta(days=1), time(), self._zone)
                self._flows[place, gas] = (l_min, midnight.astimezone(UTC))
            case OrderGas(gas=gas, place=place):
                self._ordered[place, gas] = Ordered(entry.at, entry.by)
            case Recall(lot=lot):
                self._lots.add(spelt(lot))
            case _:
                pass  # of no gas

    def _draw(self, names: Iterable[str], litres: float) -> None:
        for name in names:
            one = self._bottles[name]
            if one.litres is not None:
                left = max(0.0, one.litres - litres)
                self._bottles[name] = structs.replace(one, litres=left, drawn=True)

    def _label(self, label: Cylinder) -> None:
        known = self._bottles.get(label.cylinder)
        if known is None or anew(known.label, label, empty=known.use is Use.EMPTY):
            self._ordered.pop((label.place, label.gas), None)
            bottle = self._came(label)
        else:
            use = known.use if label.use is None else label.use
            again = structs.replace(known, label=completed(known.label, label), use=use)
            bottle = self._filled(again) if label.full else again
        self._change(known, bottle)

    def _held(self, bottle: Bottle) -> Bottle:
        """Return a cylinder with whether its lot is recalled."""
        lot = bottle.label.lot
        return structs.replace(bottle, recalled=bool(lot) and spelt(lot) in self._lots)

    def _came(self, label: Cylinder) -> Bottle:
        """Return a cylinder that nobody has read yet."""
        bottle = Bottle(label=label, use=meant(label))
        return self._filled(bottle) if label.full else bottle

    def _filled(self, bottle: Bottle) -> Bottle:
        """Return a cylinder that is said to be full: what was read of it, or of its gauge, wins."""
        row = self._rules.kept[bottle.label.gas]
        if isinstance(row, Compressed) or bottle.litres is not None or bottle.liquid_gone:
            return bottle
        return structs.replace(bottle, litres=full_l(bottle.label, row), how=How.LEDGER)

    def _connect(self, act: Connect) -> None:
        known = self._bottles.get(act.cylinder)
        if known is None:
            return
        # What comes back full after it was empty was filled anew: what was read of it is over.
        filled = act.full and known.use is Use.EMPTY
        bottle = Bottle(label=known.label, use=act.use) if filled else known
        after = structs.replace(bottle, use=act.use)
        self._change(known, self._filled(after) if act.full else after)

    def _change(self, before: Bottle | None, after: Bottle) -> None:
        """Put a cylinder where it stands now; what is in use changes where it stood and stands."""
        self._bottles[after.label.cylinder] = after
        using = [one for one in (before, after) if one is not None and one.use is Use.IN_USE]
        for spot in {(one.label.place, one.label.gas) for one in using}:
            self._epochs[spot] = self._epochs.get(spot, 0) + 1

    def _read(self, entry: Entry, act: Gauge | Weigh) -> None:
        known = self._bottles.get(act.cylinder)
        if known is None:
            return
        try:
            after = self._after(known, act, entry.at)
        except ContentError:
            return
        self._bottles[act.cylinder] = after
        if after.read_at == entry.at and after.use is Use.IN_USE and after.litres is not None:
            self._keep(after, after.litres, entry)

    def _after(self, bottle: Bottle, act: Gauge | Weigh, at: datetime) -> Bottle:
        """Return a cylinder as it is after a reading; raises ContentError."""
        row, label = self._rules.kept[bottle.label.gas], bottle.label
        match act, row:
            case Gauge(bar=bar), Compressed():
                litres, how = compressed_l(label, bar, row), How.PRESSURE
                read = structs.replace(bottle, litres=litres, how=how, read_at=at, drawn=False)
                return structs.replace(read, bar=bar)
            case Gauge(bar=bar), Liquefied():
                # What flows cools the liquid, and its pressure falls for a while: nothing is gone.
                if self._flowing((label.place, label.gas), at):
                    return structs.replace(bottle, bar=bar)
                gone = liquid_gone(label, bar, row)
                read = structs.replace(bottle, bar=bar, liquid_gone=gone)
                return _unreckoned(read) if gone else read
            case Weigh(kg=kg), Liquefied():
                litres, how = weighed_l(label, kg, row), How.MASS
                read = structs.replace(bottle, litres=litres, how=how, read_at=at, drawn=False)
                return structs.replace(read, kg=kg)
            case _:
                return bottle  # a mass says nothing that the pressure does not

    def _keep(self, bottle: Bottle, litres: float, entry: Entry) -> None:
        spot = (bottle.label.place, bottle.label.gas)
        read = Read(
            cylinder=bottle.label.cylinder,
            spot=spot,
            epoch=self._epochs[spot],
            at=entry.at,
            litres=litres,
            sensed=entry.number == 0,
            alone=len(list(self._in_use(spot))) == 1,
        )
        self._reads.append(read)

    def _flowing(self, spot: Spot, at: datetime) -> bool:
        l_min, end = self._flows.get(spot, (0.0, at))
        return l_min > 0 and at < end

    def _in_use(self, spot: Spot) -> Iterator[tuple[str, Bottle]]:
        for name, one in self._bottles.items():
            if one.use is Use.IN_USE and (one.label.place, one.label.gas) == spot:
                yield name, one


def _unreckoned(bottle: Bottle) -> Bottle:
    """Return a cylinder without what was only reckoned of it, once its gauge says otherwise."""
    if not bottle.estimated:
        return bottle
    return structs.replace(bottle, litres=None, how=None, drawn=False)
