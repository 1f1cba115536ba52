"""What rows wait for, as it is seen from what was said: a service, pads used, who took over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checklists.days import Occasion
from checklists.entry import Entry
from checklists.equipment import Device
from checklists.stock import taken_in
from daemon.clock import local_time
from daemon.state import State
from vitals import deeds
from vitals.acts import Serviced, Take
from vitals.practice import Ware

RELIEVED, RESTOCKED, SERVICED = "mb-04", "em-12", "mc-23"
"""Rows of the machine and of the emergency trolley."""


def occasions(state: State, said: Sequence[Entry], devices: Iterable[Device]) -> Iterator[Occasion]:
    """Yield what happened, of what stands and of the cases that are open.

    A device waits for its full check until it is tested, however often it was serviced before.
    """
    waiting = {one.name for one in devices if one.unchecked}
    for one in said:
        if isinstance(one.act, Serviced) and one.act.device in waiting:
            yield Occasion(SERVICED, one.act.device, one.at, one.day, one.number)
    yield from _restocked(said)
    yield from _relieved(state)


def _restocked(said: Sequence[Entry]) -> Iterator[Occasion]:
    """Yield that pads were used, in the kit where they lay."""
    packs, meant = taken_in(said)
    pads = {number: one.place for number, one in packs.items() if one.ware is Ware.PADS}
    for one in said:
        if isinstance(one.act, Take) and (place := pads.get(meant.get(one.act.pack, 0))):
            yield Occasion(RESTOCKED, place, one.at, one.day, one.number)


def _relieved(state: State) -> Iterator[Occasion]:
    for case in state.cases.values():
        if not case.state.over:
            for entry in case.told:
                if isinstance(entry.deed, deeds.Relieve):
                    at = local_time(entry.at)
                    yield Occasion(RELIEVED, case.number, at, at.date())
