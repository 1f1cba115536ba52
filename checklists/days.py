"""What a day is to checklists: what is in use on it, since when, and on which days before."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from checklists.template import Ask
from vitals.practice import Country, Scope
from vitals.role import Role


class Target(Struct, frozen=True, kw_only=True):
    """One kit, site, device, person or case that rows are about."""

    scope: Scope
    name: str
    used: frozenset[date] = frozenset()
    """Days on which it is in use: a clinic was chosen where it is, or a case was there.

    The day itself is among them while it is in use; nothing is asked for on other days. Of a case
    it says nothing: what is asked of one is asked once.
    """
    cases: frozenset[date] = frozenset()
    """Days on which a case was started with it or, of a case, on which that case was."""
    codes: frozenset[str] | None = None
    """The services of its day, or of the case; None: not known, so everything is asked for."""
    kind: str = ""
    """Of a device, as the register has it; in small or large letters."""
    roles: tuple[Role, ...] = ()
    """Of a person."""

    @property
    def sessions(self) -> frozenset[date]:
        """Return every day on which it was in use."""
        return self.used | self.cases

    def concerned(self, ask: Ask) -> bool:
        """Tell whether a row is about such a thing at all, whatever the day."""
        row = ask.row
        return (
            row.scope is self.scope
            and row.kind in ("", self.kind.casefold())
            and (not row.roles or not set(row.roles).isdisjoint(self.roles))
        )

    def serves(self, ask: Ask) -> bool:
        """Tell whether the services of the day ask for a row."""
        return not ask.codes or self.codes is None or not self.codes.isdisjoint(ask.codes)


class Occasion(Struct, frozen=True):
    """What a row of interval `use` or `event` waits for happened: it is due until it is marked.

    A row that falls due by the calendar is asked for anew where it was answered before that.
    """

    row: str
    target: str
    at: datetime
    day: date
    number: int = 0
    """Of the entry that said it; 0: none of the practice did."""

    @property
    def place(self) -> tuple[datetime, int]:
        """Return where it stands among what was said: of one moment, the number decides."""
        return self.at, self.number


class Day(Struct, frozen=True, kw_only=True):
    """One day, at the clinic where the work is now.

    Its targets are that clinic, by its code; the kits and devices that are there; the people of
    the practice; and the cases that are open. A kit that travels stands with the same name, and
    the same days, at each clinic.
    """

    day: date
    targets: tuple[Target, ...]
    country: Country | None = None
    """Where the clinic is; None: not known, so the rows of every country are asked for."""
    occasions: tuple[Occasion, ...] = ()

    def named(self, scope: Scope) -> tuple[str, ...]:
        """Return what there is of a scope, sorted."""
        return tuple(sorted(one.name for one in self.targets if one.scope is scope))

    def happened(self, row: str, target: str) -> Occasion | None:
        """Return the last time that what a row waits for happened up to the day; None: never."""
        told = [
            one
            for one in self.occasions
            if (one.row, one.target) == (row, target) and one.day <= self.day
        ]
        return max(told, key=lambda one: one.place, default=None)

    def asked(self, ask: Ask, target: Target) -> bool:
        """Tell whether a row is asked for of a target here."""
        elsewhere = None not in {self.country, ask.row.country} and self.country != ask.row.country
        return not elsewhere and target.concerned(ask) and target.serves(ask)
