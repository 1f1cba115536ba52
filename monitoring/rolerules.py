"""Who may say what of a patient: the rows of roles.toml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta, Struct

from monitoring.findings import Rule
from monitoring.steps import ALWAYS
from vitals.deed import Deed
from vitals.deeds import Said
from vitals.role import Role
from vitals.rows import RowsError, Text, converted, parsed, repeated, single

Roles = Annotated[tuple[Role, ...], Meta(min_length=1)]


class May(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose it is to say these things."""

    deeds: Annotated[tuple[Text, ...], Meta(min_length=1)]
    roles: Roles
    handed: bool = False
    """Also of whom the patient is handed to just now."""
    own: bool = False
    """Also of who entered what it is about."""


class To(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom a patient may be given to by one of these things."""

    deed: Text
    roles: Roles


class RoleRules(Struct, frozen=True, kw_only=True):
    """Every row of roles.toml."""

    valid_from: date
    may: tuple[May, ...]
    to: tuple[To, ...]

    def whose(self, deed: Deed) -> May | None:
        """Return whose it is to say something; None where it is anybody's."""
        return next((row for row in self.may if deed.name() in row.deeds), None)

    def given(self, deed: Deed) -> To | None:
        """Return who may be given a patient by a deed; None where it gives nobody one."""
        return next((row for row in self.to if row.deed == deed.name()), None)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    may: Any = None
    to: Any = None


def role_rules(text: str, file: str) -> RoleRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    may, faults = converted(tables, file, "may", May)
    to, more = converted(tables, file, "to", To)
    errors += faults + more
    errors += repeated([row.id for row in (*may, *to)], file, "may")
    errors += [] if faults else _unsaid(may, file)
    errors += [] if more else _ungiven([row.deed for row in to], file)
    if errors or head is None:
        raise RowsError(errors)
    return RoleRules(valid_from=head.valid_from, may=tuple(may), to=tuple(to))


def _unsaid(rows: Iterable[May], file: str) -> list[str]:
    """Return an error line for each thing that is in two rows, in none, or everybody's."""
    said = [one for row in rows for one in row.deeds]
    everybodys = {deed.name() for deed in ALWAYS}
    wanted = [deed.name() for deed in get_args(Said) if deed not in ALWAYS]
    return [
        *repeated(said, file, "may"),
        *(
            f"{file}: [[may]] {one!r} is taken from anybody: remove it"
            for one in sorted(everybodys.intersection(said))
        ),
        *(
            f"{file}: [[may]] {one!r}: nothing is called so: remove it"
            for one in sorted({*said} - {*wanted} - everybodys)
        ),
        *(
            f"{file}: [[may]] {one!r} is missing: say whose it is"
            for one in wanted
            if one not in said
        ),
    ]


GIVING = ("anaesthetist", "hand_over")
"""What gives a patient to somebody who is named."""


def _ungiven(given: Sequence[str], file: str) -> list[str]:
    """Return an error line for each way of giving a patient that has not one row."""
    return [
        *repeated(given, file, "to"),
        *(
            f"{file}: [[to]] {one!r} gives nobody a patient: remove it"
            for one in given
            if one not in GIVING
        ),
        *(f"{file}: [[to]] {one!r} is missing: add it" for one in GIVING if one not in given),
    ]
