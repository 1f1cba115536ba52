"""Every checklist of a practice: those that ship, and what the clinic's own files add to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct, structs

from checklists.template import Ask, Group, Row, Template, template
from checklists.weakness import changed, weaker
from vitals.rows import RowsError

Part = TypeVar("Part", bound=Group | Row)


class Lists(Struct, frozen=True):
    """The lists in force, in order."""

    templates: tuple[Template, ...]
    begins: tuple[tuple[str, date], ...] = ()
    """Each file, and the day from which it is valid."""

    @property
    def asks(self) -> dict[tuple[str, str], Ask]:
        """Return by list and row what marks can answer."""
        return {(one.id, ask.id): ask for one in self.templates for ask in one.asks}

    def find(self, name: str) -> Template | None:
        """Return the list of an id; None: there is none."""
        return next((one for one in self.templates if one.id == name), None)

    def early(self, day: date) -> list[str]:
        """Return an error line for each file that is not valid yet on a day."""
        late = "has not come yet: put the file there on that day"
        return [f"{file}: valid_from: {one} {late}" for file, one in self.begins if one > day]


def lists(shipped: Mapping[str, str], own: Mapping[str, str] | None = None) -> Lists:
    """Return the lists of texts by file name, or raise RowsError with every fault of every file.

    A clinic's own file is written as one that ships. With the id of a list that ships it adds its
    rows and groups to it, and a row of an id that is there takes the place of that row, with a
    source of its own where it asks for something else. Nothing is taken away but by a signed row
    in the place of a proposal. With another id it is a list of its own.
    """
    ours, errors = _read(shipped, {})
    theirs, faults = _read(own or {}, {one.id: one for one in ours.values()})
    errors += [*faults, *_doubled(ours), *_doubled(theirs), *_overriding(theirs, ours)]
    if errors:
        raise RowsError(errors)
    added = {one.id: one for one in theirs.values()}
    known = [_joined(one, added.pop(one.id, None)) for one in ours.values()]
    begins = [(file, one.valid_from) for file, one in (*ours.items(), *theirs.items())]
    found = sorted((*known, *added.values()), key=lambda one: (one.order, one.id))
    return Lists(tuple(found), tuple(begins))


def _read(
    texts: Mapping[str, str], onto: Mapping[str, Template]
) -> tuple[dict[str, Template], list[str]]:
    """Return the list of each file that can be read, and the faults of the others."""
    tried = {file: _tried(text, file, onto) for file, text in sorted(texts.items())}
    found = {file: one for file, (one, _) in tried.items() if one is not None}
    return found, [error for _, errors in tried.values() for error in errors]


def _tried(
    text: str, file: str, onto: Mapping[str, Template]
) -> tuple[Template | None, tuple[str, ...]]:
    try:
        return template(text, file, onto), ()
    except RowsError as error:
        return None, error.errors


def _doubled(found: Mapping[str, Template]) -> Iterator[str]:
    """Yield a line for each list, and each row, that stands in two files of one set."""
    seen: dict[str, str] = {}
    for file, one in found.items():
        for name in (f"id {one.id}", *(f"[[row]] {row.id}" for row in one.rows)):
            if name in seen:
                yield f"{file}: {name} stands in {seen[name]} too: keep one"
            seen.setdefault(name, file)


def _overriding(theirs: Mapping[str, Template], ours: Mapping[str, Template]) -> Iterator[str]:
    """Yield a line for each thing that a clinic's file may not do to a list that ships."""
    heads = {one.id: one for one in ours.values()}
    homes = {row.id: (one, row) for one in ours.values() for row in one.rows}
    for file, one in theirs.items():
        if one.id in heads:
            yield from (f"{file}: {line}" for line in _head(one, heads[one.id]))
        for row in one.rows:
            found = _row(row, one, *homes[row.id]) if row.id in homes else ()
            yield from (f"{file}: [[row]] {row.id}: {line}" for line in found)


def _head(theirs: Template, ours: Template) -> Iterator[str]:
    if theirs.codes and not (ours.codes and set(ours.codes) <= set(theirs.codes)):
        said = ", ".join(ours.codes)
        yield f"codes: ships with {said or 'none, for all work'}: leave it out, or name these too"
    first = {group.id for group in ours.groups if group.before_start}
    if theirs.signers and ours.signers and not set(theirs.signers) <= set(ours.signers):
        said = ", ".join(ours.signers)
        yield f"signers: ships with {said}: leave it out, and name others in [checklists] signers"
    for group in theirs.groups:
        if group.id in first and not group.before_start:
            yield f"[[group]] {group.id}: before_start: is true in what ships: write true"


def _row(row: Row, one: Template, home: Template, there: Row) -> Iterator[str]:
    if home.id != one.id:
        yield f"is a row of {home.id}: write it under that id, or name it otherwise"
        return
    if changed(row, there) and row.source == there.source:
        yield "source: is that of the row that ships: say where the change comes from"
    if there.proposal and not (row.proposal or row.approved_by):
        yield "proposal: is false, and nobody has signed: write true, or sign in approved_by"
    yield from weaker(row, there)


def _joined(ours: Template, theirs: Template | None) -> Template:
    """Return a list with a clinic's rows and groups in the place of its own, or after them."""
    if theirs is None:
        return ours
    return structs.replace(
        ours,
        label=theirs.label,
        codes=theirs.codes or ours.codes,
        signers=theirs.signers or ours.signers,
        groups=_merged(ours.groups, theirs.groups),
        rows=_merged(ours.rows, [_kept(one, ours.rows) for one in theirs.rows]),
    )


def _kept(row: Row, shipped: Sequence[Row]) -> Row:
    """Return a clinic's row, which saves a life where the one does whose place it takes."""
    if not row.hold or row.may_na:
        return row
    vital = row.vital or any(one.id == row.id and one.vital for one in shipped)
    return structs.replace(row, vital=vital)


def _merged(ours: Sequence[Part], theirs: Sequence[Part]) -> tuple[Part, ...]:
    known = {one.id for one in ours}
    found = {one.id: one for one in theirs}
    added = [one for one in theirs if one.id not in known]
    return (*(found.get(one.id, one) for one in ours), *added)
