"""From the numbers of an operation to its anaesthesia service: as printed, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from monitoring.procedures import CodeSet, Procedure, Procedures, orphans


class Mapped(Struct, frozen=True):
    """The table prints this set; `row` is the first of the rows that do."""

    row: Procedure

    @property
    def code(self) -> str:
        """Return the anaesthesia service that may be requested."""
        return self.row.code


class Ambiguous(Struct, frozen=True):
    """The table prints this set with several codes; the site decides."""

    rows: tuple[Procedure, ...]

    @property
    def candidates(self) -> list[str]:
        """Return the codes that it may be, lowest first."""
        return sorted({row.code for row in self.rows})


class Unmapped(Struct, frozen=True):
    """The table does not print this set: a person decides."""

    near: tuple[Procedure, ...]
    """The rows that come closest; none where a number does not stand in the table at all."""


class Invalid(Struct, frozen=True):
    """The numbers cannot stand so in any operation."""

    reason: str


Outcome = Mapped | Ambiguous | Unmapped | Invalid


def service(table: Procedures, numbers: Sequence[str], site: str | None = None) -> Outcome:
    """Return the service for the numbers, four digits each; `site` is one of the table's sites."""
    if twice := sorted({number for number in numbers if numbers.count(number) > 1}):
        return Invalid("; ".join(f"{number} stands twice" for number in twice))
    if not table.printed.issuperset(numbers):
        return Unmapped(())
    if alone := orphans(numbers, table.contralateral):
        return Invalid("; ".join(f"{n} without {table.contralateral[n]}" for n in alone))
    return _matched(table, CodeSet(numbers), site)


def _matched(table: Procedures, codes: CodeSet, site: str | None) -> Outcome:
    rows = table.sets.get(codes, ())
    if not rows:
        return Unmapped(_near(table, codes))
    fitting = tuple(row for row in rows if row.fits(site))
    if not fitting:
        return Unmapped(rows)
    if len({row.code for row in fitting}) > 1:
        return Ambiguous(fitting)
    return Mapped(fitting[0])


def _near(table: Procedures, codes: CodeSet) -> tuple[Procedure, ...]:
    """Return the rows of the sets that differ in the fewest numbers and share at least one."""
    away = {other: len(other ^ codes) for other in table.sets if other & codes}
    least = min(away.values(), default=0)
    rows = {row.row for other, steps in away.items() if steps == least for row in table.sets[other]}
    return tuple(row for row in table.rows if row.row in rows)
