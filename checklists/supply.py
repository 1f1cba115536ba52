"""What there is of each gas at a place: in use, in reserve, for how long, and for how many cases.

Sources: AAGBI, Checking Anaesthetic Equipment (2012), gas supply; Modernisering af
anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3, Krav til anæstesi (gases in sufficient
stock). The numbers are rows of gases.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from checklists.cylinder import full_l, minutes_left, vapour_l
from checklists.gasrules import GasRules, Kept, Liquefied
from checklists.ledger import Bottle, Ordered, Stores
from checklists.trend import Trend, trend
from checklists.usage import Usage, usage
from vitals.practice import Gas, Use


class Place(Struct, frozen=True, kw_only=True):
    """What is known of a place on a day, beside what was said of its cylinders."""

    name: str
    gases: tuple[Gas, ...] = ()
    """Worked with there, also where nobody has entered a cylinder."""
    needed: tuple[Gas, ...] = (Gas.OXYGEN,)
    """Without which the machine there does not work."""
    nearby: tuple[str, ...] = ()
    """Other places whose reserve counts here, such as a kit that is there."""
    left: int | None = None
    """Cases that are still to come today; None: there is no list."""
    next: int | None = None
    """Cases of the next day in use; None: not known."""
    begun: tuple[datetime, ...] = ()
    """When cases began there, today and earlier: what a case uses is learned from them."""


class Reserve(StrEnum):
    """What the reserve comes to; in this order, the worst first."""

    MISSING = "missing"
    UNREAD = "unread"
    """Nobody has read it today."""
    PARTIAL = "partial"
    """Was read today, and none of it is full."""
    SHORT = "short"
    """Full, and less in all than is kept for an emergency."""
    FULL = "full"


class Supply(Struct, frozen=True, kw_only=True):
    """One gas at one place; volumes in l at 1 bar."""

    place: str
    gas: Gas
    in_use: tuple[Bottle, ...]
    spare: tuple[Bottle, ...]
    """In reserve: here and nearby."""
    reserve: Reserve
    reserve_l: float | None
    """In its full cylinders, read today; None: none is."""
    litres: float | None
    """In use, by what was read today (of a liquefied gas: ever); None: nothing was."""
    read_at: datetime | None
    """The oldest reading that it rests on; None: none, or it is reckoned from labels alone."""
    share: float | None
    """Of what is in use, were it full."""
    estimated: bool
    l_min: float | None
    """How much goes: as set, or as the readings fall, whichever is more; None: not known."""
    trend: Trend | None
    now_min: float | None
    """For how long what is in use is enough; None: not known, or nothing flows."""
    day_l: float | None
    """What is left in all after the list of the day and what is kept; below 0: so much is
    missing. None: not known."""
    day_min: float | None
    """For how long that would be enough."""
    usage: Usage
    cases: int | None
    """How many cases all of it is enough for, beside what is kept."""
    ordered: Ordered | None
    """Was ordered, and has not come."""

    @property
    def minutes(self) -> float | None:
        """Return the smaller of both times; None where neither is known."""
        return min((one for one in (self.now_min, self.day_min) if one is not None), default=None)


def supplies(stores: Stores, rules: GasRules, place: Place, now: datetime) -> tuple[Supply, ...]:
    """Return what there is of each gas that is worked with at a place, or was entered there.

    `now` carries the time zone of the clinic: a reading of an earlier day there was not made today.
    """
    entered = {one.label.gas for one in stores.bottles if one.label.place == place.name}
    asked = [gas for gas in Gas if gas in entered or gas in place.gases]
    return tuple(_Spot(stores, rules, place, gas, now).supply() for gas in asked)


def predicted(found: Iterable[Supply]) -> dict[str, dict[Gas, float | None]]:
    """Return by place for how many minutes each gas that flows is enough, None being not known.

    A gas that nobody entered, or that does not flow, is not among them: nothing is running out.
    """
    flowing = [one for one in found if one.l_min and one.in_use]
    return {
        place: {one.gas: one.now_min for one in flowing if one.place == place}
        for place in sorted({one.place for one in flowing})
    }


class _Spot:
    """Works out one gas at one place."""

    def __init__(
        self, stores: Stores, rules: GasRules, place: Place, gas: Gas, now: datetime
    ) -> None:
        self._stores, self._rules, self._place = stores, rules, place
        self._gas, self._now = gas, now
        self._row = rules.kept[gas]
        here = stores.at((place.name, gas))
        self._in_use = tuple(one for one in here if one.use is Use.IN_USE)
        self._spare = tuple(self._spares())

    def supply(self) -> Supply:
        """Return all of it."""
        known = [one for one in self._in_use if current(one, self._row, self._now)]
        litres = content(known)
        l_min, line = self._l_min()
        used = self._usage()
        stock_l = self._stock_l(litres)
        day_l = self._day_l(stock_l, used)
        return Supply(
            place=self._place.name,
            gas=self._gas,
            in_use=self._in_use,
            spare=self._spare,
            reserve=self._reserve(),
            reserve_l=self._reserve_l(),
            litres=litres,
            read_at=min((one.read_at for one in known if one.read_at), default=None),
            share=self._share(known, litres),
            estimated=any(one.estimated for one in known),
            l_min=l_min,
            trend=line,
            now_min=_minutes(litres, l_min),
            day_l=day_l,
            day_min=_minutes(day_l, l_min),
            usage=used,
            cases=None if stock_l is None else int(max(0.0, stock_l) // used.high_l),
            ordered=self._stores.ordered.get((self._place.name, self._gas)),
        )

    def _spares(self) -> Iterator[Bottle]:
        for name in dict.fromkeys((self._place.name, *self._place.nearby)):
            for one in self._stores.at((name, self._gas)):
                if one.use is Use.RESERVE:
                    yield one

    def _reserve(self) -> Reserve:
        """Return what the reserve comes to, by what was read today and is in date."""
        day = self._now.date()
        lasting = [one for one in self._spare if counts(one, day)]
        if not lasting:
            return Reserve.MISSING
        if not any(current(one, self._row, self._now) for one in lasting):
            return Reserve.UNREAD
        full = self._reserve_l()
        if full is None:
            return Reserve.PARTIAL
        return Reserve.SHORT if full < self._row.reserve_l else Reserve.FULL

    def _reserve_l(self) -> float | None:
        lasting = [one for one in self._spare if counts(one, self._now.date())]
        read = [one for one in lasting if current(one, self._row, self._now)]
        return content([one for one in read if self._full(one)])

    def _full(self, bottle: Bottle) -> bool:
        whole_l = full_l(bottle.label, self._row)
        return bottle.litres is not None and bottle.litres >= self._row.full_fill * whole_l

    def _l_min(self) -> tuple[float | None, Trend | None]:
        lines = [line for one in self._in_use if (line := self._trend(one)) is not None]
        line = max(lines, key=lambda one: one.l_min, default=None)
        fallen = sum(one.l_min for one in lines) if lines else None
        said = self._stores.flows.get((self._place.name, self._gas))
        return max((one for one in (fallen, said) if one is not None), default=None), line

    def _trend(self, bottle: Bottle) -> Trend | None:
        spot = (self._place.name, self._gas)
        epoch = self._stores.epochs[spot]
        reads = (
            one
            for one in self._stores.reads
            if (one.cylinder, one.spot, one.epoch) == (bottle.label.cylinder, spot, epoch)
        )
        return trend(reads, self._rules.trend, self._now)

    def _usage(self) -> Usage:
        spot = (self._place.name, self._gas)
        reads = [one for one in self._stores.reads if one.spot == spot]
        return usage(reads, self._place.begun, self._rules.usage, self._row)

    def _stock_l(self, litres: float | None) -> float | None:
        """Return what there is to work with: in use and in reserve, without what is kept."""
        lasting = [one for one in self._spare if counts(one, self._now.date())]
        spare = content([one for one in lasting if current(one, self._row, self._now)])
        known = [one for one in (litres, spare) if one is not None]
        return sum(known) - self._row.reserve_l if known else None

    def _day_l(self, stock_l: float | None, used: Usage) -> float | None:
        if stock_l is None or self._place.left is None:
            return None
        return stock_l - self._place.left * used.high_l

    def _share(self, known: Iterable[Bottle], litres: float | None) -> float | None:
        if litres is None:
            return None
        return litres / sum(full_l(one.label, self._row) for one in known)


def current(bottle: Bottle, row: Kept, now: datetime) -> bool:
    """Tell whether the content of a cylinder is known: a compressed gas is read anew each day."""
    if bottle.litres is None:
        return False
    return isinstance(row, Liquefied) or read_on(bottle, now)


def read_on(bottle: Bottle, now: datetime) -> bool:
    """Tell whether a cylinder was read on the day of `now`, in its time zone."""
    return bottle.read_at is not None and bottle.read_at.astimezone(now.tzinfo).date() == now.date()


def has_liquid(bottle: Bottle, row: Kept) -> bool:
    """Tell whether more is known to be in a cylinder than its vapour alone comes to."""
    if bottle.litres is None or not isinstance(row, Liquefied):
        return False
    return bottle.litres > vapour_l(bottle.label, row)


def expired(bottle: Bottle, day: date) -> bool:
    """Tell whether the gas in a cylinder is out of date; its last day is still in date."""
    return bottle.label.expires is not None and bottle.label.expires < day


def counts(bottle: Bottle, day: date) -> bool:
    """Tell whether a cylinder counts as a reserve: in date, and of no lot that was recalled."""
    return not (expired(bottle, day) or bottle.recalled)


def content(bottles: Iterable[Bottle]) -> float | None:
    """Return what is known to be in cylinders in all; None where nothing is known."""
    known = [one.litres for one in bottles if one.litres is not None]
    return sum(known) if known else None


def _minutes(litres: float | None, l_min: float | None) -> float | None:
    return None if litres is None or l_min is None else minutes_left(litres, l_min)
