"""What cannot be so of what is said of stock: one line each, with how to mend it.

What is odd and may be so is taken: an expired pack is there, and is counted and thrown away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from msgspec import Struct

from checklists.atc import Codes
from checklists.entry import Entry, standing
from checklists.portion import total
from checklists.received import label_refusals
from checklists.stock import Handled, Pack, taken_in
from checklists.supplies import Supplies
from vitals.acts import Act, Discard, Receive, Shift, Take, Unseal, Warm
from vitals.against import Line


class Known(Struct, frozen=True):
    """What an act is held against, beside what was said before."""

    rows: Supplies
    codes: Codes
    places: Collection[str]
    """Of kits and clinics."""


def stock_refusals(
    act: Act, entries: Sequence[Entry], known: Known, today: date
) -> tuple[Line, ...]:
    """Return why something of stock cannot be so; empty where it can, or is of no stock."""
    if isinstance(act, Receive):
        label = label_refusals(act, entries, known.rows, known.codes, today)
        return (*label, *_elsewhere(act.place, known.places))
    if isinstance(act, Handled):
        stock, numbers = taken_in(standing(entries))
        number = numbers.get(act.pack)
        if number is None:
            return (_absent(act.pack, list(stock)),)
        return tuple(_handled(act, stock[number], known))
    return ()


def _handled(act: Handled, pack: Pack, known: Known) -> Iterator[Line]:
    if isinstance(act, Take | Discard) and act.quantity > pack.quantity:
        line = (
            f"pack {pack.number} has {pack.quantity} left, and not {act.quantity}: "
            "count it, if there are more"
        )
        told = {"left": pack.quantity, "count": act.quantity}
        yield Line.of(line, "too_many", pack=pack.number, **told)
    if isinstance(act, Unseal | Warm):
        yield from _begun(act, pack)
    if isinstance(act, Shift):
        yield from _elsewhere(act.place, known.places)


def _begun(act: Unseal | Warm, pack: Pack) -> Iterator[Line]:
    """Yield that more of a pack was opened, or taken out of the refrigerator, than there is."""
    if isinstance(act, Unseal):
        left, what = [one for one in pack.portions if one.opened_at is None], "closed"
    else:
        left, what = [one for one in pack.portions if one.warm_since is None], "in the refrigerator"
    if act.quantity is not None and act.quantity > (there := total(left)):
        line = (
            f"pack {pack.number} has {there} left that are {what}, and not {act.quantity}: "
            "count it, if there are more"
        )
        word = "too_many_closed" if isinstance(act, Unseal) else "too_many_cold"
        yield Line.of(line, word, pack=pack.number, left=there, count=act.quantity)


def _elsewhere(place: str, places: Collection[str]) -> Iterator[Line]:
    if place not in places:
        there = ", ".join(sorted(places)) or "none: name a kit or a clinic in the configuration"
        line = f"no place is called {place!r}: expected {there}"
        word = "no_place" if places else "no_places"
        yield Line.of(line, word, what=place, expected=sorted(places))


def _absent(number: int, numbers: Sequence[int]) -> Line:
    """Return that there is no such pack, and the nearest that are."""
    near = sorted(sorted(numbers, key=lambda one: (abs(one - number), one))[:5])
    there = ", ".join(f"{one}" for one in near)
    line = f"there is no pack {number}: {f'near it are {there}' if near else 'none is taken in'}"
    return Line.of(line, "no_pack" if near else "no_packs", pack=number, expected=near)
