"""Checklists as they ship, and what people say of them on a few days of November 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources

from checklists.days import Day, Occasion, Target
from checklists.due import Due, due
from checklists.entry import Entry
from checklists.lists import Lists, lists
from vitals.acts import Done, Mark
from vitals.practice import Outcome, Scope
from vitals.role import Role

MONDAY = date(2026, 11, 16)
"""A day of work; so are Tuesday and, if not said otherwise, every other."""
KIT, NORTH, SOUTH = "K1", "KN", "KS"
"""One kit that travels between two clinics."""
DOCTOR = Target(scope=Scope.PERSON, name="AS", roles=(Role.ANAESTHESIOLOGIST,))
NURSE = Target(scope=Scope.PERSON, name="MK", roles=(Role.RECOVERY,))


@cache
def texts() -> dict[str, str]:
    """Return the files that ship, by name."""
    folder = resources.files("checklists").joinpath("templates")
    return {entry.name: entry.read_text("utf-8") for entry in folder.iterdir()}


@cache
def shipped() -> Lists:
    return lists(texts())


def said(number: int, act: Done, day: date = MONDAY, *, by: str = "AS", hour: float = 7) -> Entry:
    """Return an entry of a day, at an hour of it."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)
    return Entry(number, at, day, by, act)


def mark(name: str, rows: str, target: str = KIT, outcome: Outcome = Outcome.DONE) -> Mark:
    """Return a mark of rows, blanks between them, with a reason where one is asked for."""
    reason = "" if outcome is Outcome.DONE else "as found"
    return Mark(name, tuple(rows.split()), target, outcome, reason)


def kit(*used: date, cases: frozenset[date] = frozenset()) -> Target:
    return Target(scope=Scope.KIT, name=KIT, used=frozenset(used), cases=cases)


def site(name: str, *used: date) -> Target:
    return Target(scope=Scope.SITE, name=name, used=frozenset(used))


def case(name: str, *started: date, codes: str = "3022") -> Target:
    """Return a case, with the day on which it was started."""
    services = frozenset(codes.split())
    return Target(scope=Scope.CASE, name=name, cases=frozenset(started), codes=services)


def on(day: date, *targets: Target, occasions: tuple[Occasion, ...] = ()) -> Day:
    return Day(day=day, targets=targets, occasions=occasions)


def rows(entries: list[Entry], day: Day) -> dict[tuple[str, str], Due]:
    """Return what is asked for on a day, by row and target."""
    return {(one.ask.id, one.target): one for one in due(shipped(), entries, day)}


def states(entries: list[Entry], day: Day, *names: str, target: str = KIT) -> list[str]:
    """Return where some rows of a target stand on a day."""
    found = rows(entries, day)
    return [str(found[name, target].state) for name in names]
