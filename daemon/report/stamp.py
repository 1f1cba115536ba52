"""What a report rests on: enough of it to reckon its figures again from the journal."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from msgspec import Struct

from daemon.report.scope import Scope


class Summed(Struct, frozen=True):
    """One table of figures as it was filed."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


class Stamp(Struct, frozen=True):
    """Stands at the foot of every page, and machine-readable in every file."""

    made_by: str
    """`vagt 0.1.0`."""
    scope: Scope
    at: str
    """Of the last event that was read: the report is as of then, whenever it is made."""
    first: int
    """Number of the first event in the journal."""
    last: int
    """Number of the last event that was read."""
    head: str
    """The hash of that event: the head of the chain."""
    broken: int | None
    """Number of the first event that does not follow from the one before it; null: none."""
    rules: tuple[str, ...]
    """Hashes of the sets of rule rows that cases were judged by."""
    lists: str
    """Hash of the checklists and stock rows that days were asked by."""
    settings: str
    """Hash of the clinics, kits, plans and people of the configuration that it was made by."""
    zone: str
    """What the clock on the wall showed at its end, as `CET`: days are meant by that clock."""
    tables: tuple[Summed, ...] = ()
    unapproved: tuple[str, ...] = ()
    """Files of the rules in force with anything in them that nobody has approved."""

    @property
    def digest(self) -> str:
        """Return the SHA-256 over the digests of every table, as hexadecimal digits."""
        return sha256(msgspec.json.encode(self.tables)).hexdigest()
