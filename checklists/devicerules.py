"""The rows of equipment.toml: when something is said of a device, and with which weight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, structs

from checklists.gasrules import once
from checklists.kinds import Kind, clashes, kind_of
from vitals.rows import Grounds, Label, RowsError, Text, converted, parsed, repeated, single
from vitals.vocabulary import Weight


class Trait(StrEnum):
    """How a device stands; in this order, the first that holds is what is shown of it."""

    OUT = "out"
    """Out of use."""
    FAILED = "failed"
    """Its last function check was not passed."""
    UNCHECKED = "unchecked"
    """Serviced, and not checked in full since."""
    OVERDUE = "overdue"
    """The last day for its service is over."""
    DUE = "due"
    """Its service is due soon."""
    SOUND = "sound"


class ServiceRow(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How early a service is told of, how late it holds, and which dates are believed."""

    due_days: Annotated[int, Meta(ge=0, le=365)]
    over_days: Annotated[int, Meta(ge=0, le=3650)]
    """Over by more days than these it holds, whatever an overdue service weighs."""
    years: Annotated[int, Meta(ge=1, le=100)]


class Concern(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a device that stands so weighs."""

    id: Trait
    weight: Weight


class Needed(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A device without which nobody works, and the rows of lists that are about it."""

    id: Text
    """What it is called where it is missed."""
    label: Label
    kinds: Annotated[tuple[Text, ...], Meta(min_length=1)]
    """As the register may have it, in small letters."""
    rows: tuple[Text, ...] = ()
    """Asked for anew when one of them goes out of use or fails its check."""

    def meant(self, kind: str) -> bool:
        """Tell whether a device of a kind is one, in small or large letters."""
        return kind.strip().casefold() in self.kinds


class DeviceRules(Struct, frozen=True, kw_only=True):
    """Every row of equipment.toml."""

    valid_from: date
    service: ServiceRow
    concerns: dict[Trait, Concern]
    needed: tuple[Needed, ...] = ()
    kinds: tuple[Kind, ...] = ()

    def of_kind(self, kind: str) -> Needed | None:
        """Return the row of a kind of device; None: work goes on without one."""
        return next((one for one in self.needed if one.meant(kind)), None)

    def title(self, typed: str) -> Label | None:
        """Return what a kind is called in each language; None: no such one is known."""
        known = kind_of(self.kinds, typed)
        return known.label if known else None

    def of_row(self, name: str) -> Needed | None:
        """Return the device that a row of a list is about; None: no such one."""
        return next((one for one in self.needed if name in one.rows), None)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    service: ServiceRow
    concern: Any = None
    needed: Any = None
    kind: Any = None


def device_rules(text: str, file: str) -> DeviceRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    concerns, faults = converted(tables, file, "concern", Concern)
    needed, more = converted(tables, file, "needed", Needed) if "needed" in tables else ([], [])
    kinds, worse = converted(tables, file, "kind", Kind) if "kind" in tables else ([], [])
    errors += [*worse, *repeated([one.id for one in kinds], file, "kind"), *clashes(kinds, file)]
    errors += [*faults, *more, *repeated([one.id for one in needed], file, "needed")]
    if not faults:
        wanted = [one for one in Trait if one is not Trait.SOUND]
        errors += once([one.id for one in concerns], wanted, file, "concern")
    if errors or head is None:
        raise RowsError(errors)
    return DeviceRules(
        valid_from=head.valid_from,
        service=head.service,
        concerns={one.id: one for one in concerns},
        needed=tuple(_meant(one, kinds) for one in needed),
        kinds=tuple(kinds),
    )


def _meant(needed: Needed, kinds: Sequence[Kind]) -> Needed:
    """Return a row that knows its kinds by their ids too, as the register has them."""
    ids = [known.id for one in needed.kinds if (known := kind_of(kinds, one)) is not None]
    return structs.replace(needed, kinds=tuple(dict.fromkeys((*needed.kinds, *ids))))
