"""What was said of cylinders on a day, as entries."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache
from importlib import resources
from typing import Any

from msgspec import structs

from checklists.entry import Entry
from checklists.gasrules import GasRules, gas_rules
from checklists.ledger import Sensed, Stores, stores
from checklists.supply import Place, Supply, supplies
from vitals.acts import Cylinder, Done, Gauge, Weigh
from vitals.practice import Gas, Use

ZONE = timezone(timedelta(hours=1))
MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
ROOM = "Øre-næse-hals"
O2, AIR, N2O = Gas


def shipped() -> str:
    """Return the shipped rows of gases."""
    return resources.files("checklists").joinpath("gases.toml").read_text("utf-8")


@cache
def rules() -> GasRules:
    return gas_rules(shipped(), "gases.toml")


def at(minutes: float, days: int = 0) -> datetime:
    """Return the moment so many minutes after the morning of a day."""
    return MORNING + timedelta(minutes=minutes, days=days)


def oxygen(name: str = "ilt 1", use: Use = Use.IN_USE, **known: Any) -> Cylinder:
    """Return the label of a large cylinder of oxygen, in use."""
    label = Cylinder(name, O2, 50.0, 200.0, ROOM, use)
    return structs.replace(label, **known)


def nitrous(name: str = "lattergas", use: Use = Use.IN_USE, **known: Any) -> Cylinder:
    """Return the label of a cylinder of nitrous oxide, connected and said to hold 7.5 kg: full."""
    label = Cylinder(name, N2O, 10.0, 51.0, ROOM, use, tare_kg=12.0, full=True)
    return structs.replace(label, **known)


def told(*acts: Done | tuple[float, Done], days: int = 0, first: int = 1) -> list[Entry]:
    """Return entries of one morning: each act alone at its start, or so many minutes after."""
    found = []
    for number, one in enumerate(acts, first):
        minutes, act = one if isinstance(one, tuple) else (0.0, one)
        moment = at(minutes, days)
        found.append(Entry(number, moment, moment.date(), "AS", act))
    return found


def sensed(*read: tuple[float, Gauge | Weigh]) -> list[Sensed]:
    """Return what a panel read, so many minutes after the morning."""
    return [Sensed(at(minutes), act) for minutes, act in read]


def stored(entries: list[Entry], minutes: float = 0.0, days: int = 0) -> Stores:
    return stores(entries, rules(), at(minutes, days))


def supplied(
    entries: list[Entry],
    minutes: float = 0.0,
    place: Place | None = None,
    *,
    days: int = 0,
    live: list[Sensed] | None = None,
) -> dict[Gas, Supply]:
    """Return what there is of each gas, so many minutes after the morning."""
    now, here = at(minutes, days), place or Place(name=ROOM)
    found = stores(entries, rules(), now, live or [])
    return {one.gas: one for one in supplies(found, rules(), here, now)}
