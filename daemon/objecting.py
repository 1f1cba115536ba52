"""Whether what somebody says of the practice can be so: one line of what is wrong, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checklists.article import misread
from checklists.clinic import refusal
from checklists.devicerefusal import device_refusal
from checklists.gasrefusal import gas_doubt, gas_refusal
from checklists.objection import objection
from checklists.received import label_doubt
from checklists.refused import Known, stock_refusals
from daemon.reckoning import OF_DEVICES, OF_STOCK, Reckoning
from daemon.state import State
from daemon.supplied import OF_GAS
from vitals.acts import (
    ChooseClinic,
    Counter,
    Cylinder,
    Done,
    Mark,
    OrderGas,
    Receive,
    Register,
    Sign,
)
from vitals.against import Line


def objections(
    reckoning: Reckoning, state: State, act: Done, by: str, at: datetime
) -> Iterator[Line]:
    """Yield why an act cannot be so, each with the way on; `at` is when it was so."""
    match act:
        case ChooseClinic():
            line = refusal(reckoning.calendar.clinics, act)
            yield from [line] if line else []
        case Mark() | Sign():
            yield from _of_lists(reckoning, state, act, by, at)
        case Counter():
            yield from _countered(state, act)
        case _:
            yield from _placed(act, reckoning.calendar.places)
            yield from _of_things(reckoning, state, act, at)


def asked_back(reckoning: Reckoning, state: State, act: Done, at: datetime) -> Line | None:
    """Return what is asked once of an act that may be so; None: nothing."""
    if isinstance(act, Cylinder):
        return gas_doubt(reckoning.stores(state, at), act)
    if not isinstance(act, Receive):
        return None
    entries = reckoning.of(state, OF_STOCK)
    book = reckoning.book
    return label_doubt(act, entries, book.supplies, book.codes, at.date())


def _of_lists(
    reckoning: Reckoning, state: State, act: Mark | Sign, by: str, at: datetime
) -> Iterator[Line]:
    workday = reckoning.workday(state, at)
    line = objection(
        act,
        by,
        day=workday.day,
        lists=reckoning.book.lists,
        entries=reckoning.marked(state, workday),
    )
    if line:
        yield line


def _of_things(reckoning: Reckoning, state: State, act: Done, at: datetime) -> Iterator[Line]:
    """Yield what stock, equipment and gases have against it."""
    book = reckoning.book
    if isinstance(act, Receive) and (line := misread(act.gtin)):
        yield line
    if isinstance(act, OF_STOCK):
        known = Known(book.supplies, book.codes, reckoning.calendar.places)
        yield from stock_refusals(act, reckoning.of(state, OF_STOCK), known, at.date())
    elif isinstance(act, OF_DEVICES):
        devices = reckoning.devices(state, at)
        line = device_refusal(devices, act, book.devices.service, at.date())
        yield from [line] if line else []
    elif isinstance(act, OF_GAS):
        line = gas_refusal(reckoning.stores(state, at), act, book.gases, at)
        yield from [line] if line else []


def _placed(act: Done, places: tuple[str, ...]) -> Iterator[Line]:
    """Yield that something is said to stand where nothing can; stock looks by itself."""
    if isinstance(act, Register | Cylinder | OrderGas) and act.place not in places:
        there = sorted(places)
        line = f"no place is called {act.place!r}: expected {', '.join(there)}"
        yield Line.of(line, "no_place", what=act.place, expected=there)


def _countered(state: State, act: Counter) -> Iterator[Line]:
    """Yield that there is no such entry, or that it is countered already."""
    entries = {one.number: one for one in state.practice}
    if act.entry not in entries:
        last = f"the last is {state.said}" if state.said else "nothing was said yet"
        line = f"there is no entry {act.entry}, or it is too old to counter: {last}"
        yield Line.of(line, "no_entry", what=act.entry)
        return
    for one in state.practice:
        counters = isinstance(one.act, Counter) and one.act.entry == act.entry
        if counters and _stands(state, one.number):
            yield Line.of(
                f"entry {act.entry} is countered by {one.number}: "
                f"counter {one.number}, if it was right after all",
                "countered",
                what=act.entry,
                entry=one.number,
            )


def _stands(state: State, number: int) -> bool:
    return not any(
        isinstance(one.act, Counter) and one.act.entry == number and _stands(state, one.number)
        for one in state.practice
    )
