"""Packs of drugs and disposables: what is there, where, and until when, from what was said of them.

Each pack that is taken in is one of its own, however many share a lot; one that is taken in twice
by its own serial number is one pack. What is opened of it, or out of the refrigerator, is a part
with a clock of its own, and the rest stays as it came. A lot counts as recalled however it is
written, and wherever it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct, structs

from checklists import portion
from checklists.entry import Entry, standing
from checklists.portion import Portion
from checklists.supplies import Supplies
from vitals.acts import Discard, Recall, Receive, Recount, Shift, Take, Unseal, Warm
from vitals.practice import Ware

Handled = Recount | Take | Discard | Shift | Unseal | Warm
"""What is said of a pack that is there."""


class Pack(Struct, frozen=True, kw_only=True):
    """One pack as it is now, or one part of it that is alike."""

    number: int
    """Of the entry that took it in."""
    item: str
    ware: Ware
    atc: str
    gtin: str
    once: str
    lot: str
    expires: date
    """The last day on its label."""
    quantity: int
    """What is left; 0: it is used up."""
    place: str
    opened_at: datetime | None = None
    warm_since: datetime | None = None
    """Since when it is out of the refrigerator."""
    opened_until: datetime | None = None
    """None: it is not opened, or no row says how long it lasts then."""
    warm_until: datetime | None = None
    """Likewise."""
    recalled: bool = False
    used: int = 0
    """So much of it was used in all."""
    thrown: int = 0
    """So much was thrown away."""
    used_at: datetime | None = None
    """When of it was used last; None: never."""
    missed: int = 0
    """So much was not there any more when it was counted, and was not found again."""
    missed_at: datetime | None = None
    """When that was last; None: never."""
    portions: tuple[Portion, ...] = ()
    """Its parts while it is whole; none of what is a part."""

    @property
    def untimed(self) -> bool:
        """Tell whether it was opened or warmed, and no row says how long it lasts then."""
        opened = self.opened_at is not None and self.opened_until is None
        return opened or (self.warm_since is not None and self.warm_until is None)

    def until(self, zone: tzinfo | None) -> datetime:
        """Return when its use ends: with its last day in a time zone, or after a shorter time."""
        day = datetime.combine(self.expires, time.max, zone)
        clock = self.clock
        return day if clock is None else min(day, clock)

    @property
    def clock(self) -> datetime | None:
        """Return the earlier end of its shorter times; None: none runs that a row knows of."""
        ends = (one for one in (self.opened_until, self.warm_until) if one is not None)
        return min(ends, default=None)


def packs(entries: Iterable[Entry], rows: Supplies) -> tuple[Pack, ...]:
    """Return every pack that was taken in, also what is used up, by number, part by part.

    Of the order in which entries are given, and of what was countered, nothing depends.
    """
    said = standing(entries)
    found, _ = taken_in(said)
    lots = {spelt(entry.act.lot) for entry in said if isinstance(entry.act, Recall)}
    return tuple(
        _lasting(one, rows, lots) for number in sorted(found) for one in _parts(found[number])
    )


def taken_in(said: Sequence[Entry]) -> tuple[dict[int, Pack], dict[int, int]]:
    """Return whole packs by number, and by each entry that took one in the number of its pack.

    `said` is what stands, in its order; ends of shorter times and recalls are left out.
    """
    found, known = _received(said)
    for entry in said:
        if isinstance(entry.act, Handled) and (number := known.get(entry.act.pack)) is not None:
            found[number] = _handled(found[number], entry.act, entry.at)
    return found, known


def of_lot(stock: Iterable[Pack], lot: str) -> tuple[Pack, ...]:
    """Return every pack of a lot at every place, however it is written.

    Also what is used up, with how much of it was used and when: that is what a recall asks.
    """
    return tuple(one for one in stock if spelt(one.lot) == spelt(lot))


def same(stock: Iterable[Pack], once: str) -> Pack | None:
    """Return the pack that has a serial number by its digest; None for one that has none."""
    return next((one for one in stock if once and one.once == once), None)


def spelt(lot: str) -> str:
    """Return a lot without what people leave out or add: signs, blanks and small letters."""
    return "".join(one for one in lot.casefold() if one.isalnum()) or lot


def _received(said: Sequence[Entry]) -> tuple[dict[int, Pack], dict[int, int]]:
    """Return the packs as they were taken in, and which pack each entry that took one in means."""
    found: dict[int, Pack] = {}
    known: dict[int, int] = {}
    serials: dict[str, int] = {}
    for entry in sorted(said, key=lambda one: one.number):
        if isinstance(entry.act, Receive):
            once = entry.act.once or f"{entry.number}"
            known[entry.number] = serials.setdefault(once, entry.number)
            if known[entry.number] == entry.number:
                found[entry.number] = _pack(entry.number, entry.act)
    return found, known


def _pack(number: int, act: Receive) -> Pack:
    return Pack(
        number=number,
        item=act.item,
        ware=act.ware,
        atc=act.atc,
        gtin=act.gtin,
        once=act.once,
        lot=act.lot,
        expires=act.expires,
        quantity=act.quantity,
        place=act.place,
        portions=(Portion(quantity=act.quantity),),
    )


def _handled(pack: Pack, act: Handled, at: datetime) -> Pack:
    """Return a pack after something was said of it."""
    match act:
        case Recount():
            return _recounted(pack, act, at)
        case Take() | Discard():
            return _lessened(pack, act, at)
        case Shift():
            return structs.replace(pack, place=act.place)
        case Unseal():
            return _of(pack, portion.opened(pack.portions, act.quantity, at))
        case Warm():
            return _of(pack, portion.warmed(pack.portions, act.quantity, at))


def _recounted(pack: Pack, act: Recount, at: datetime) -> Pack:
    """Return a pack after it was counted: what was gone is missed until it is found again."""
    found = _of(pack, portion.counted(pack.portions, act.quantity))
    missed = max(0, pack.missed + pack.quantity - act.quantity)
    since = at if act.quantity < pack.quantity else pack.missed_at
    return structs.replace(found, missed=missed, missed_at=since if missed else None)


def _lessened(pack: Pack, act: Take | Discard, at: datetime) -> Pack:
    """Return a pack with less in it, the opened first; what is not there is not taken from it."""
    rest = _of(pack, portion.lessened(pack.portions, act.quantity))
    if isinstance(act, Take):
        return structs.replace(rest, used=pack.used + act.quantity, used_at=at)
    return structs.replace(rest, thrown=pack.thrown + act.quantity)


def _of(pack: Pack, portions: tuple[Portion, ...]) -> Pack:
    return structs.replace(pack, quantity=portion.total(portions), portions=portions)


def _parts(pack: Pack) -> Iterator[Pack]:
    """Yield what of a pack is alike; of one that is used up, the pack as it came."""
    left = [one for one in pack.portions if one.quantity] or pack.portions[:1]
    for one in left:
        yield structs.replace(
            pack,
            quantity=one.quantity,
            opened_at=one.opened_at,
            warm_since=one.warm_since,
            portions=(),
        )


def _lasting(pack: Pack, rows: Supplies, recalled: set[str]) -> Pack:
    """Return a pack with the ends of its shorter times, and whether its lot is recalled."""
    life = rows.life(pack.item, pack.atc)
    hours = None if life is None or life.opened_h is None else timedelta(hours=life.opened_h)
    days = None if life is None or life.warm_days is None else timedelta(days=life.warm_days)
    return structs.replace(
        pack,
        opened_until=_after(pack.opened_at, hours),
        warm_until=_after(pack.warm_since, days),
        recalled=spelt(pack.lot) in recalled,
    )


def _after(at: datetime | None, length: timedelta | None) -> datetime | None:
    """Return a moment later by so much real time, also over a change of the clocks."""
    return None if at is None or length is None else at.astimezone(UTC) + length
