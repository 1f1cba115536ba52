"""What is kept in stock, the least of it, and how long it lasts: the rows of supplies.toml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, structs

from checklists.atc import Code, Codes
from vitals.practice import Ware
from vitals.rows import Grounds, Label, RowsError, Source, Text, converted, parsed, repeated, single

Days = Annotated[int, Meta(ge=1, le=1000)]


class Requisition(StrEnum):
    """Who pays for it."""

    REGION = "region"
    OWN = "own"


class Ahead(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many days before its last one something is said of a pack."""

    due_days: Days
    order_days: Days


class Notice(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be known when something is requisitioned; it is said, and holds nothing."""

    label: Label
    source: Source


class Supply(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something of which there is a least that is there."""

    id: Text
    label: Label
    ware: Ware
    atc: tuple[Code, ...] = ()
    """A pack with one of these counts, unless it was taken in under the id of another row."""
    least: Annotated[int, Meta(ge=1, le=10_000)]
    scope: Literal["kit", "site"]
    """Whether it lies in what travels or at the clinic, by `vitals.practice.Scope`."""
    hold: bool
    requisition: Requisition
    codes: tuple[str, ...] = ()
    """The services that it is asked for with; empty: all."""

    def called(self, name: str) -> bool:
        """Tell whether it is what a row is called in one of the languages."""
        typed = name.strip().casefold()
        return typed in {one.casefold() for one in (self.label.en, self.label.da, self.label.nb)}


class Life(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long something may be used once it is opened, or out of the refrigerator."""

    id: Text
    atc: tuple[Code, ...] = ()
    items: tuple[Text, ...] = ()
    opened_h: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    """None: opening it changes nothing."""
    warm_days: Days | None = None
    """None: it is not kept in a refrigerator, or no time is known."""


class Supplies(Struct, frozen=True, kw_only=True):
    """Every row of supplies.toml."""

    valid_from: date
    ahead: Ahead
    requisition: Notice
    supplies: tuple[Supply, ...]
    lives: tuple[Life, ...]

    def supply(self, item: str, atc: str) -> Supply | None:
        """Return the row that a pack counts for: of its item's id, else of its ATC code."""
        coded = (one for one in self.supplies if atc in one.atc)
        return self.named(item) or next(coded, None)

    def named(self, item: str) -> Supply | None:
        """Return the row of an id; None: there is none."""
        return next((one for one in self.supplies if one.id == item), None)

    def life(self, item: str, atc: str) -> Life | None:
        """Return the second life of a pack: of its item, else of its ATC code.

        Without a code of its own it is what its item's row may be; of several the shortest times.
        """
        for one in self.lives:
            if item in one.items:
                return one
        row = self.named(item)
        codes = {atc} if atc or row is None else {*row.atc}
        return _shortest([one for one in self.lives if not codes.isdisjoint(one.atc)])


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    ahead: Ahead
    requisition: Notice
    supply: Any = None
    life: Any = None


def supplies(text: str, file: str) -> Supplies:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    rows, faults = converted(tables, file, "supply", Supply)
    lives, more = converted(tables, file, "life", Life)
    errors += faults + more
    errors += repeated([one.id for one in rows], file, "supply")
    errors += repeated([code for one in rows for code in one.atc], file, "supply")
    errors += repeated([one.id for one in lives], file, "life")
    errors += repeated([name for one in lives for name in (*one.atc, *one.items)], file, "life")
    errors += _idle(lives, file)
    if head is not None and head.ahead.order_days < head.ahead.due_days:
        errors.append(f"{file}: ahead: order_days is less than due_days: order no later")
    if errors or head is None:
        raise RowsError(errors)
    return Supplies(
        valid_from=head.valid_from,
        ahead=head.ahead,
        requisition=head.requisition,
        supplies=tuple(rows),
        lives=tuple(lives),
    )


def uncoded(rows: Supplies, codes: Codes, file: str) -> Iterator[str]:
    """Yield an error line for each ATC code that the table lacks, or that is not requisitioned."""
    for one in rows.supplies:
        for code in one.atc:
            if not codes.known(code):
                yield f"{file}: [[supply]] {one.id!r}: {codes.suspect(code)}"
        listed = any(codes.requisitioned(code) for code in one.atc)
        if one.requisition is Requisition.REGION and not listed:
            yield f"{file}: [[supply]] {one.id!r}: the report does not list it: write own"
    for life in rows.lives:
        for code in life.atc:
            if not codes.known(code):
                yield f"{file}: [[life]] {life.id!r}: {codes.suspect(code)}"


def _shortest(found: Sequence[Life]) -> Life | None:
    """Return the first row, with the shortest times of all of them; None: there is none."""
    if not found:
        return None
    opened = [one.opened_h for one in found if one.opened_h is not None]
    warm = [one.warm_days for one in found if one.warm_days is not None]
    return structs.replace(
        found[0], opened_h=min(opened, default=None), warm_days=min(warm, default=None)
    )


def _idle(lives: Sequence[Life], file: str) -> Iterator[str]:
    """Yield an error line for each row that says nothing, or of nothing."""
    for one in lives:
        if one.opened_h is None and one.warm_days is None:
            yield f"{file}: [[life]] {one.id!r} has no time: write opened_h, warm_days or both"
        if not one.atc and not one.items:
            yield f"{file}: [[life]] {one.id!r} is of nothing: write atc, items or both"
