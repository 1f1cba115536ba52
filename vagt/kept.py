"""What the daemon says of the practice: its messages by kind, out of a snapshot."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from daemon.protocol.messages import Snapshot
from daemon.protocol.practice import Checklist, Clinic, PracticeState
from vagt.main import UsageError

Told = TypeVar("Told", bound=PracticeState)


def every(snapshot: Snapshot, kind: type[Told]) -> tuple[Told, ...]:
    """Return every message of a kind, in the order in which the daemon tells them."""
    return tuple(one for one in snapshot.practice if isinstance(one, kind))


def only(snapshot: Snapshot, kind: type[Told]) -> Told:
    """Return the message of a kind of which there is one; UsageError where the daemon has none."""
    found = every(snapshot, kind)
    if not found:
        raise UsageError(f"the daemon says nothing of the {kind.__name__.lower()}: start it anew")
    return found[0]


def checklists(snapshot: Snapshot, name: str, target: str | None) -> tuple[Checklist, ...]:
    """Return a list for a target, or for each where none is named; one at least.

    UsageError where there is none such, with what there is.
    """
    lists = every(snapshot, Checklist)
    named = [one for one in lists if one.id == name]
    if not named:
        there = ", ".join(dict.fromkeys(one.id for one in lists)) or "none"
        raise UsageError(f"no list {name!r} is here today: there is {there}")
    found = tuple(one for one in named if target in (None, one.target))
    if not found:
        there = ", ".join(one.target for one in named)
        raise UsageError(f"{name} is not about {target!r}: --target is one of {there}")
    return found


def checklist(
    snapshot: Snapshot, name: str, target: str | None, rows: Collection[str] = ()
) -> Checklist:
    """Return the one list for a target, which may be left out where only one has the rows.

    UsageError where there is none such, or several, with what there is.
    """
    found = checklists(snapshot, name, target)
    having = [one for one in found if set(rows) <= {row.id for row in one.rows}]
    told = having or found
    if len(told) > 1:
        there = ", ".join(one.target for one in told)
        raise UsageError(f"{name} is there for several: name one with --target: {there}")
    return told[0]


def kit(clinic: Clinic) -> str | None:
    """Return the one kit at the clinic of the day; None where none is chosen, or it has more."""
    kits = [one.kits for one in clinic.sites if one.code == clinic.chosen]
    return kits[0][0] if kits and len(kits[0]) == 1 else None
