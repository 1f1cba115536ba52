"""A whole morning at a dashboard on a real daemon: the journal has what the script's has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from clinics import clinic, daemon, ear
from textual.pilot import Pilot
from workdays import LISTS, OPEN, PEOPLE, PIN, SIGNED, bodies, code, kept, shared

from daemon.protocol.practice import Checklist
from tui.app import Dashboard
from tui.checklist import lists, rows_of
from tui.clock import MachineClock
from tui.link import Link
from tui.prompt import Ask, Awaiting, Morning, Opened
from tui.settings import Settings
from tui.sight import Sight
from tui.storing import FIELD_SEPARATOR, SEPARATOR
from tui.view import View

SOON_S = 20.0
NAMES = {SEPARATOR: FIELD_SEPARATOR, ",": "comma", ".": "full_stop", "-": "minus"}


class Hand:
    """Somebody at a dashboard."""

    def __init__(self, app: Dashboard, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            self.app.draw()
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*(NAMES.get(sign, sign) for sign in text), "enter")

    async def until(self, so: Callable[[Sight], bool]) -> None:
        async with asyncio.timeout(SOON_S):
            while not so(self.app.sight()):
                await self.pilot.pause(0.02)
        self.app.draw()

    async def settled(self) -> None:
        """Wait for the answer to what was sent."""
        await self.until(lambda sight: not isinstance(view(sight).line, Awaiting))


def view(sight: Sight) -> Morning:
    assert isinstance(sight.prompt, Morning), sight.prompt
    return sight.prompt


def inside(sight: Sight) -> Opened:
    opened = view(sight).opened
    assert opened is not None
    return opened


def waits(sight: Sight) -> bool:
    return any(row.state in OPEN for row in rows_of(sight, inside(sight)))


async def gone_through(hand: Hand, name: str, target: str) -> None:
    """Look at every group of a list, and say that all of it is in order."""
    sight = hand.app.sight()
    there = [(one.id, one.target) for one in lists(sight)].index((name, target))
    here = view(sight).at
    await hand.press(*["down" if there > here else "up"] * abs(there - here), "enter")
    for _ in range(len(listed(hand.app.sight(), name, target).groups)):
        if waits(hand.app.sight()):
            await hand.press(*["down"] * len(rows_of(hand.app.sight(), inside(hand.app.sight()))))
            await hand.press("f")
            await hand.until(lambda sight: not waits(sight))
            await hand.settled()
        before = inside(hand.app.sight())
        if not any(row.state in OPEN for row in listed(hand.app.sight(), name, target).rows):
            break
        await hand.press("right")
        assert inside(hand.app.sight()).group != before.group
    if (name, target) == SIGNED:
        await hand.press("u")
        await hand.type(PIN)
        await hand.until(lambda sight: listed(sight, name, target).signed_by == "AS")
        await hand.settled()
    await hand.press("escape")


def listed(sight: Sight, name: str, target: str) -> Checklist:
    found = sight.practice.list(name, target)
    assert found is not None
    return found


async def chosen(hand: Hand) -> None:
    """Say which clinic it is, and that AS signs with a PIN from now on."""
    await hand.until(lambda sight: isinstance(sight.prompt, Ask))
    await hand.press("1")
    await hand.until(lambda sight: sight.practice.site is not None)
    await hand.settled()
    await hand.press(*["right"] * 4, "p")
    await hand.type(PIN)
    await hand.type(PIN)
    await hand.until(lambda sight: bool(sight.practice.clinic and sight.practice.clinic.pins))
    await hand.settled()
    await hand.press(*["left"] * 4)


async def stored(hand: Hand) -> None:
    await hand.press("s")
    await hand.type(code())
    await hand.until(lambda sight: isinstance(sight.prompt, Ask))
    await hand.type("dr-01")
    await hand.press("l", "backspace")
    await hand.type("10")
    await picked(hand, "kit")
    await hand.until(lambda sight: bool(sight.practice.stock.packs))
    await hand.press("escape")


async def gauged(hand: Hand) -> None:
    await hand.press("right", "right", "n")
    for said in ("O2-1", None, "10", "200"):
        await (hand.press("i") if said is None else hand.type(said))
    await hand.press("b")
    await picked(hand, "KN")
    await hand.until(lambda sight: bool(sight.practice.gases.cylinders))
    await hand.settled()
    await hand.press(*["down"] * 3, "enter")
    await hand.type("137,5")
    await hand.until(lambda sight: sight.practice.gases.cylinders[0].bar is not None)


async def picked(hand: Hand, place: str) -> None:
    places = hand.app.sight().practice.places
    await hand.press(str(places.index(place) + 1))


def told(hand: Hand) -> Iterable[Checklist]:
    return hand.app.sight().practice.lists


@pytest.mark.timeout(120)
async def test_a_whole_morning_at_the_dashboard_has_the_bodies_of_the_script_in_its_order(
    tmp_path: Path,
) -> None:
    place, clock = clinic(tmp_path, extra=PEOPLE), MachineClock()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))
        settings = Settings(by="AS", view=View.MORNING)
        app = Dashboard(Link(place.socket, clock, "AS"), clock, settings)
        async with app.run_test(size=(120, 40)) as pilot:
            hand = Hand(app, pilot)
            await chosen(hand)
            before = tuple(told(hand))
            for name, target in LISTS:
                await gone_through(hand, name, target)
            await stored(hand)
            await gauged(hand)
        said = kept(place)
    assert list(map(shared, said)) == bodies(before)
    assert all(one["took_s"] > 0 for one in said if one["do"] == "mark")
