"""What of all that was said anything still rests on: the rest is in the journal alone.

Whatever is worked out on a later day from what is kept is what it would be from everything, but
for two things: what a case uses of a gas is learned anew from what is kept, and a pack that was
used up long ago is not known again by its serial number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from checklists.entry import Entry, standing
from checklists.label import anew, last
from checklists.stock import Handled, taken_in
from vitals.acts import (
    ChooseClinic,
    Connect,
    Counter,
    Cylinder,
    Flow,
    Gauge,
    Mark,
    OrderGas,
    Recall,
    Receive,
    Register,
    Restore,
    Serviced,
    Tested,
    Weigh,
    Withdraw,
)
from vitals.practice import Gas, Outcome, Use

WHOLE = timedelta(days=35)
"""So long everything is kept: a month, and what may still be said of it late."""
TARGETS = 60
"""Of each row, of so many things that were marked last: cases come and go, kits stay."""
_LASTING = Recall | Register | Serviced | Withdraw | Restore


def kept(entries: Iterable[Entry], today: date) -> tuple[Entry, ...]:
    """Return what some row, pack, device, cylinder or month still needs, by number.

    The last entry always stays, so that no number is given twice, and a counter stays as long as
    what it counters. The order of the entries changes nothing.
    """
    given = sorted({one.number: one for one in entries}.values(), key=lambda one: one.number)
    said = standing(given)
    needed = {one.number for one in given if one.day >= today - WHOLE}
    needed.update(one.number for one in given[-1:])
    for found in (_chosen, _marked, _registered, _filled):
        needed.update(found(said))
    needed.update(_stocked(said, frozenset(needed)))
    for one in given:  # a counter of a counter comes after both
        if isinstance(one.act, Counter) and one.act.entry in needed:
            needed.add(one.number)
    return tuple(one for one in given if one.number in needed)


def _chosen(said: Sequence[Entry]) -> set[int]:
    """Return the last choice of a clinic: it is offered next time."""
    choices = [one.number for one in said if isinstance(one.act, ChooseClinic)]
    return set(choices[-1:])


def _marked(said: Sequence[Entry]) -> set[int]:
    """Return the last mark of each row and target, and the last that says it is in order."""
    told: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    for one in said:
        if isinstance(one.act, Mark):
            for row in one.act.rows:
                targets = told.setdefault((one.act.list, row), {})
                sound, _ = targets.pop(one.act.target, (one.number, one.number))
                done = one.act.outcome is Outcome.DONE
                targets[one.act.target] = (one.number if done else sound, one.number)
    near = (pair for targets in told.values() for pair in [*targets.values()][-TARGETS:])
    return {number for pair in near for number in pair}


def _stocked(said: Sequence[Entry], needed: Collection[int]) -> set[int]:
    """Return all that was said of packs of which something is left, and every recall.

    Also of what came lately: without what was taken of it, a pack that is used up would be full.
    """
    packs, meant = taken_in(said)
    lately = {meant[number] for number in needed if number in meant}
    left = lately | {number for number, pack in packs.items() if pack.quantity > 0}
    return {
        one.number
        for one in said
        if isinstance(one.act, Recall)
        or (isinstance(one.act, Receive) and meant[one.number] in left)
        or (isinstance(one.act, Handled) and meant.get(one.act.pack) in left)
    }


def _registered(said: Sequence[Entry]) -> set[int]:
    """Return all that was said of devices but for checks that later ones took the place of."""
    lasting = {one.number for one in said if isinstance(one.act, _LASTING)}
    checks = [(one.number, one.act) for one in said if isinstance(one.act, Tested)]
    last = {act.device: number for number, act in checks}
    passed = {act.device: number for number, act in checks if act.passed}
    return lasting | {*last.values(), *passed.values()}


def _filled(said: Sequence[Entry]) -> set[int]:
    """Return what the cylinders that are not empty rest on, and the orders that have not come."""
    lives: dict[str, list[Entry]] = {}
    gauges: dict[str, int] = {}
    orders: dict[tuple[str, Gas], int] = {}
    for one in said:
        match one.act:
            case Cylinder() as label:
                if _comes(lives.get(label.cylinder, []), label):
                    orders.pop((label.place, label.gas), None)
                lives[label.cylinder] = [*_life(lives.get(label.cylinder, [])), one]
            case Connect(cylinder=name) | Weigh(cylinder=name):
                lives.setdefault(name, []).append(one)
            case Gauge(cylinder=name):
                gauges[name] = one.number
            case OrderGas(gas=gas, place=place):
                orders[place, gas] = one.number
            case _:
                pass
    there = {name: life for name, told in lives.items() if (life := _life(told))}
    read = {number for name, number in gauges.items() if name in there}
    lasting = {one.number for life in there.values() for one in life}
    return lasting | read | {*orders.values()} | _drawn(said, there.values())


def _comes(told: list[Entry], label: Cylinder) -> bool:
    """Tell whether a cylinder comes with its label, rather than being told of again."""
    uses = [one.act.use for one in told if isinstance(one.act, Cylinder | Connect)]
    known = last(one.act for one in told if isinstance(one.act, Cylinder))
    return known is None or anew(known, label, empty=uses[-1:] == [Use.EMPTY])


def _life(told: list[Entry]) -> list[Entry]:
    """Return what was said of a cylinder; nothing where it is empty since the last of it."""
    uses = [one.act.use for one in told if isinstance(one.act, Cylinder | Connect)]
    return [] if uses[-1:] == [Use.EMPTY] else told


def _drawn(said: Sequence[Entry], lives: Iterable[Sequence[Entry]]) -> set[int]:
    """Return what has flowed of nitrous oxide since the oldest cylinder of it came.

    It is reckoned from what flowed for as long as nobody weighs it; other gases are read anew.
    """
    came = [one.at for life in lives for one in life if _liquid(one)]
    since: datetime | None = min(came, default=None)
    flows = [one for one in said if isinstance(one.act, Flow) and one.act.gas is Gas.NITROUS_OXIDE]
    return {one.number for one in flows if since is not None and since <= one.at}


def _liquid(entry: Entry) -> bool:
    return isinstance(entry.act, Cylinder) and entry.act.gas is Gas.NITROUS_OXIDE
