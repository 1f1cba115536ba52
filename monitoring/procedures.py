"""Procedures of another specialty: which code sets a table prints, and the service of each.

A table is one specialty's: another specialty is another file. Its numbers are that specialty's own;
some have the digits of an anaesthesia service and are not it.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.findings import Finding, Rule, finding
from monitoring.sought import Sought, unprinted
from vitals.rows import (
    Label,
    RowsError,
    Source,
    Text,
    converted,
    parsed,
    repeated,
    single,
)

Number = Annotated[str, Meta(pattern=r"^[0-9]{4}\Z")]
Numbers = Annotated[tuple[Number, ...], Meta(max_length=8)]
"""Bounded, because every choice of them is spelt out."""
CodeSet = frozenset[str]
UNSPECIFIED = "unspecified"
ANYWHERE = frozenset({"combination", UNSPECIFIED})
"""What stands as `site` in a row that fits every site."""
BY_SITE = "by_site"
"""What stands as `in_airway` where the numbers alone do not tell it."""


class Procedure(Struct, frozen=True, forbid_unknown_fields=True):
    """One printed row: the numbers, and the anaesthesia service that may be requested for them."""

    row: Annotated[int, Meta(ge=1)]
    """Counted from the top of the table."""
    section: str
    label: Label
    codes: Text
    """The numbers as printed."""
    required: Annotated[tuple[tuple[Number, ...], ...], Meta(min_length=1)]
    """One number of each."""
    laterality: Literal["uni", "bilat", "uni_or_bilat", "na"]
    site: str
    code: Number
    in_airway: bool | Literal["by_site"]
    """`by_site`: as the site is that is stated; of every row, and only those, without one."""
    confirmed_by: str
    """Initials of the doctor who confirmed `in_airway`; empty: nobody yet."""
    needs_reason: bool
    """A medical judgement must be stated: the description does not mention anaesthesia."""
    source: Source
    optional: Numbers = ()
    any_of: Numbers = ()
    """At least one of these, where there are any."""
    decision: str = ""
    """What the product decides where the print leaves it open; a proposal."""

    def __post_init__(self) -> None:
        """Refuse numbers that are not the printed ones."""
        given = [n for group in self.required for n in group] + [*self.optional, *self.any_of]
        if sorted(given) != sorted(re.findall(r"[0-9]{4}", self.codes)):
            raise ValueError("required, optional and any_of are not the numbers in codes")

    @property
    def sets(self) -> Iterator[CodeSet]:
        """Yield every code set that the row spells out, those without a base number too."""
        for chosen in product(*self.required):
            for added in _subsets(self.any_of):
                if bool(added) == bool(self.any_of):
                    yield from (
                        CodeSet((*chosen, *added, *more)) for more in _subsets(self.optional)
                    )

    def fits(self, site: str | None) -> bool:
        """Tell whether the row may be meant where the operation is at `site`."""
        return site is None or self.site == site or self.site in ANYWHERE


class Airway(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether what is done at a site is done in the airway."""

    id: Text
    site: Text
    in_airway: bool
    confirmed_by: str
    """Initials of the doctor who confirmed it; empty: nobody yet."""
    source: Source


class Hold(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said at planning of a patient before the second birthday: no other age is kept."""

    label: Label
    under: Literal["2y"]


class Procedures(Struct, frozen=True):
    """One specialty's table."""

    specialty: str
    valid_from: datetime.date
    approved_by: str
    source: Source
    sites: dict[str, Label]
    sections: dict[str, Label]
    airways: dict[str, Airway]
    """A row for every site."""
    hold: Hold
    """In the airway: there is no allowed path."""
    unsaid: Hold
    """Whether it is in the airway depends on the site, and nobody has said it."""
    rows: tuple[Procedure, ...]
    contralateral: dict[str, str]
    """The number for the other side, and the one that it stands beside."""
    printed: frozenset[str]
    """Every number of the table."""
    sets: Mapping[CodeSet, tuple[Procedure, ...]]
    """The rows that spell out each valid set, in order; without its base no number is valid."""
    sought: tuple[Sought, ...] = ()
    """What is done most often."""

    def in_airway(self, procedure: Procedure, site: str | None) -> bool | None:
        """Tell whether a procedure is in the airway; None: it depends on the site, say it.

        `site` is one of `sites`, and is asked only where the row has none of its own.
        """
        if procedure.in_airway != BY_SITE:
            return bool(procedure.in_airway)
        return None if site is None else self.airways[site].in_airway

    def planned(
        self, procedure: Procedure, site: str | None, *, two_years: bool | None
    ) -> tuple[Finding, ...]:
        """Return what is said of a procedure at planning; an airway is never held by it.

        `two_years`: whether the second birthday has been; while it is unknown nothing is said.
        """
        within = self.in_airway(procedure, site)
        if two_years is not False or within is False:
            return ()
        if within is None:
            return (finding(self.unsaid),)
        return (finding(self.hold, approved=self._confirmed(procedure, site)),)

    def _confirmed(self, procedure: Procedure, site: str | None) -> bool:
        """Tell whether a doctor confirmed the procedure, and the site where that decides."""
        signed = [procedure.confirmed_by]
        if site is not None and procedure.in_airway == BY_SITE:
            signed.append(self.airways[site].confirmed_by)
        return all(signed)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    specialty: Text
    valid_from: datetime.date
    approved_by: str
    services: tuple[Number, ...]
    source: Source
    sites: dict[str, Label]
    sections: dict[str, Label]
    contralateral: dict[Number, Number]
    hold: Hold
    unsaid: Hold
    airway: Any = None
    procedure: Any = None
    sought: Any = None


def procedures(text: str, file: str) -> Procedures:
    """Return the table of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    rows, faults = converted(tables, file, "procedure", Procedure)
    errors += faults + repeated([f"row {row.row}" for row in rows], file, "procedure")
    airways, faults = converted(tables, file, "airway", Airway)
    errors += faults + repeated([row.site for row in airways], file, "airway")
    there = "sought" in tables
    sought, faults = converted(tables, file, "sought", Sought) if there else ([], [])
    errors += faults
    if head is None or errors:
        raise RowsError(errors)
    sets = _index(rows, head.contralateral)
    found = (*_unnamed(rows, head), *_undecided(sets), *_unplaced(airways, head))
    found = (*found, *unprinted(sought, _printed(rows)))
    errors += [f"{file}: {fault}" for fault in found]
    if errors:
        raise RowsError(errors)
    return Procedures(
        specialty=head.specialty,
        valid_from=head.valid_from,
        approved_by=head.approved_by,
        source=head.source,
        sites=head.sites,
        sections=head.sections,
        airways={row.site: row for row in airways},
        hold=head.hold,
        unsaid=head.unsaid,
        rows=tuple(rows),
        contralateral=head.contralateral,
        printed=_printed(rows),
        sets=sets,
        sought=tuple(sought),
    )


def orphans(numbers: Iterable[str], contralateral: Mapping[str, str]) -> list[str]:
    """Return the numbers for the other side that stand without the one they belong beside."""
    given = set(numbers)
    return [n for n in sorted(given) if n in contralateral and contralateral[n] not in given]


def _subsets(numbers: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(numbers) + 1):
        yield from combinations(numbers, size)


def _printed(rows: Iterable[Procedure]) -> frozenset[str]:
    return frozenset(number for row in rows for codes in row.sets for number in codes)


def _index(
    rows: Iterable[Procedure], contralateral: Mapping[str, str]
) -> dict[CodeSet, tuple[Procedure, ...]]:
    found: defaultdict[CodeSet, list[Procedure]] = defaultdict(list)
    for row in rows:
        for codes in row.sets:
            if not orphans(codes, contralateral):
                found[codes].append(row)
    return {codes: tuple(those) for codes, those in found.items()}


def _unnamed(rows: Sequence[Procedure], head: _Head) -> Iterator[str]:
    """Yield what a row names and the head does not, and what the head names of no row."""
    sites = head.sites.keys() | ANYWHERE
    for row in rows:
        where = f"[[procedure]] row {row.row}"
        if row.section not in head.sections:
            yield f"{where}: section: {row.section!r} is not in [sections]: add it"
        if row.site not in sites:
            yield f"{where}: site: {row.site!r} is not one of {', '.join(sorted(sites))}"
        if row.code not in head.services:
            yield f"{where}: code: {row.code!r} is not one of {', '.join(head.services)}"
        if (row.in_airway == BY_SITE) is not (row.site == UNSPECIFIED):
            yield f"{where}: in_airway: is {BY_SITE!r} where the site is {UNSPECIFIED}, only there"
        if all(orphans(codes, head.contralateral) for codes in row.sets):
            yield f"{where}: required: no number stands beside its base: mend [contralateral]"
    for number in sorted({*head.contralateral, *head.contralateral.values()} - _printed(rows)):
        yield f"[contralateral]: {number} stands in no row: remove it"


def _unplaced(airways: Sequence[Airway], head: _Head) -> Iterator[str]:
    """Yield the sites that have no row of the airway, and the rows of no site."""
    told = {row.site for row in airways}
    for site in sorted(told ^ head.sites.keys()):
        yield f"[[airway]]: {site!r} is {'no site' if site in told else 'missing'}: mend it"


def _undecided(sets: Mapping[CodeSet, tuple[Procedure, ...]]) -> Iterator[str]:
    """Yield the sets whose code not even the site decides."""
    for codes, rows in sets.items():
        for site in {row.site for row in rows}:
            fitting = [row for row in rows if row.fits(None if site in ANYWHERE else site)]
            if len({row.code for row in fitting}) > 1:
                numbers, named = " ".join(sorted(codes)), " and ".join(str(r.row) for r in fitting)
                yield f"[[procedure]] rows {named}: two codes for {numbers} at {site}: mend one"
