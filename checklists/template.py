"""A checklist: its rows, what each is about, how often it is asked for, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, structs

from checklists.intervals import TIMED
from vitals.deed import Code
from vitals.practice import Country, Interval, Responsible, Scope
from vitals.role import Role
from vitals.rows import Grounds, Label, RowsError, converted, parsed, repeated, single

Id = Annotated[
    str,
    Meta(
        pattern=r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z",
        max_length=24,
        description="small letters and digits, hyphens between them, at most 24",
    ),
]
Key = Annotated[
    str, Meta(pattern=r"\A[a-z_]{1,24}\Z", description="small letters and underscores, at most 24")
]
Kind = Annotated[
    str, Meta(pattern=r"\A[a-z_]{0,24}\Z", description="small letters and underscores, or nothing")
]
LAST = 100
"""Where a list stands that does not say: after those that ship."""
DATED = ".date"
"""What the id of the part of a row ends with that is about the date on a label."""


class Group(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rows that are shown whole and may be confirmed with one key."""

    id: Key
    label: Label
    before_start: bool = False
    """Asked for before a case starts; false: at any time of it."""


class Row(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of a list, as a file has it."""

    id: Id
    label: Label
    help: Label | None = None
    """What is shown under it."""
    group: Key
    interval: Interval
    dates: Interval | None = None
    """How often the date on its label is read, where that is asked apart from its presence."""
    dates_label: Label | None = None
    """What that part is called; None: as the row."""
    scope: Scope
    hold: bool
    """Unanswered or failed it holds the normal way to start; starting anyway is always there."""
    responsible: Responsible
    always: bool = False
    """It cannot be answered with `not applicable`."""
    may_na: bool = False
    """It holds, and `not applicable` settles it; else that is a reason that stands."""
    vital: bool = False
    """It saves a life: with `not applicable` it holds all the same."""
    country: Country | None = None
    """Where it holds; None: everywhere."""
    codes: tuple[Code, ...] = ()
    """The services that ask for it; empty: those of its list."""
    roles: tuple[Role, ...] = ()
    """Of the people it is about; empty: everybody."""
    kind: Kind = ""
    """Of the devices it is about, as the register has it; empty: every one."""
    ticks: tuple[Role, ...] = ()
    """Who may answer it; empty: anybody of the practice."""

    def __post_init__(self) -> None:
        """Refuse what cannot be asked for: a case's row without a case, dates without a time."""
        if self.interval is Interval.CASE and self.scope is not Scope.CASE:
            raise ValueError("interval case: is asked of each case: write scope case")
        if self.scope is Scope.CASE and self.interval in TIMED:
            raise ValueError("scope case: no case lasts so long: write interval case, use or event")
        if self.vital and (self.may_na or not self.hold):
            raise ValueError("vital: it holds whatever is said: write hold = true, without may_na")
        if self.dates is not None and self.dates not in TIMED:
            raise ValueError("dates: write day, week, month or year")


class Ask(Struct, frozen=True, kw_only=True):
    """One thing that a mark can answer: a row, or the part of a row that is about its date."""

    list: str
    id: str
    row: Row
    interval: Interval
    codes: tuple[str, ...]
    """The services that ask for it; empty: every one."""
    before_start: bool

    @property
    def dated(self) -> bool:
        """Tell whether it is the part about the date on a label."""
        return self.id.endswith(DATED)

    @property
    def label(self) -> Label:
        """Return what is asked; of the part about the date what that is called."""
        return (self.row.dates_label if self.dated else None) or self.row.label


class Template(Struct, frozen=True, kw_only=True):
    """One checklist."""

    id: str
    valid_from: date
    label: Label
    order: int = LAST
    """Where it stands among the others, the lowest first."""
    codes: tuple[Code, ...] = ()
    """The services whose work it belongs to; empty: all work."""
    signers: tuple[Role, ...] = ()
    """Who signs it; empty: anybody of the practice."""
    groups: tuple[Group, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Return what marks can answer, in order; a row with `dates` makes two."""
        first = {group.id for group in self.groups if group.before_start}
        return tuple(
            Ask(
                list=self.id,
                id=name,
                row=row,
                interval=interval,
                codes=row.codes or self.codes,
                before_start=row.group in first,
            )
            for row in self.rows
            for name, interval in _parts(row)
        )

    def ask(self, name: str) -> Ask | None:
        """Return what a mark of this name answers; None: nothing here."""
        return next((one for one in self.asks if one.id == name), None)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    id: Key
    label: Label
    order: int = LAST
    codes: tuple[Code, ...] = ()
    signers: tuple[Role, ...] = ()
    group: Any = None
    row: Any = None


def template(text: str, file: str, onto: Mapping[str, Template] | None = None) -> Template:
    """Return the list of a TOML text, or raise RowsError with every fault found.

    `onto` has the lists that ship, by id: rows added to one of them may stand in its groups.
    """
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    groups, faults = converted(tables, file, "group", Group) if "group" in tables else ([], [])
    rows, more = converted(tables, file, "row", Row)
    errors += [*faults, *more, *repeated([row.id for row in rows], file, "row")]
    errors += repeated([group.id for group in groups], file, "group")
    if head is not None and not faults:
        shipped = onto.get(head.id) if onto else None
        errors += _ungrouped(rows, [*groups, *(shipped.groups if shipped else ())], file)
    if errors or head is None:
        raise RowsError(errors)
    given = structs.asdict(head)
    names = ("id", "valid_from", "label", "order", "codes", "signers")
    kept = {name: given[name] for name in names}
    return Template(**kept, groups=tuple(groups), rows=tuple(rows))


def _ungrouped(rows: Sequence[Row], groups: Sequence[Group], file: str) -> Iterator[str]:
    """Yield an error line for each row whose group is not there."""
    known = [group.id for group in groups]
    for row in rows:
        if row.group not in known:
            way = f"write {', '.join(known)}, or add the group" if known else "add [[group]]"
            yield f"{file}: [[row]] {row.id}: group: there is no {row.group!r}: {way}"


def _parts(row: Row) -> Iterator[tuple[str, Interval]]:
    yield row.id, row.interval
    if row.dates is not None:
        yield row.id + DATED, row.dates
