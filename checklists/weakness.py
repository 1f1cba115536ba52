"""What a clinic's row takes away of the row that ships: that is told, and never done silently."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import structs

from checklists.intervals import rarer
from checklists.template import Row
from vitals.practice import Scope

PLACED = frozenset({Scope.KIT, Scope.SITE, Scope.DEVICE})
"""A clinic says where its things stand: what travels with one belongs to the rooms of another."""
FREE = frozenset({"label", "help", "group", "source", "approved_by", "proposal", "vital", "may_na"})
"""How a row is worded, where it is shown and who signed it: a clinic's own. What saves a life
stays so, whatever a file says."""


def weaker(theirs: Row, ours: Row) -> list[str]:
    """Return a line for each thing that a clinic's row asks less of than the one that ships.

    A proposal of the product may be weakened by whoever signs it; what a document says may not.
    """
    if ours.proposal and theirs.approved_by:
        return []
    way = ", or sign it in approved_by" if ours.proposal else ""
    return [f"{line}{way}" for line in (*_eased(theirs, ours), *_narrowed(theirs, ours))]


def changed(theirs: Row, ours: Row) -> bool:
    """Tell whether a row asks for anything else than the one that ships."""
    given, shipped = structs.asdict(theirs), structs.asdict(ours)
    return any(given[name] != shipped[name] for name in shipped if name not in FREE)


def _eased(theirs: Row, ours: Row) -> Iterator[str]:
    for name in ("hold", "always"):
        if getattr(ours, name) and not getattr(theirs, name):
            yield f"{name}: is false, and true in what ships: write true"
    if theirs.may_na and ours.hold and not ours.may_na:
        yield "may_na: is true, and false in what ships: leave it out"
    if rarer(theirs.interval, ours.interval):
        yield _said("interval", theirs.interval, ours.interval)
    if ours.dates is not None and (theirs.dates is None or rarer(theirs.dates, ours.dates)):
        yield _said("dates", theirs.dates or "absent", ours.dates)
    if theirs.scope is not ours.scope and not {theirs.scope, ours.scope} <= PLACED:
        yield _said("scope", theirs.scope, ours.scope)


def _narrowed(theirs: Row, ours: Row) -> Iterator[str]:
    """Yield what is asked at fewer places, for fewer services, or of fewer people and devices."""
    if theirs.country is not None and theirs.country is not ours.country:
        yield _said("country", theirs.country, ours.country or "absent")
    if theirs.kind and theirs.kind != ours.kind:
        yield _said("kind", theirs.kind, ours.kind or "absent")
    for name in ("codes", "roles"):
        given, shipped = getattr(theirs, name), getattr(ours, name)
        if given and not (shipped and set(shipped) <= set(given)):
            yield _said(name, _listed(given), _listed(shipped))
    if ours.ticks and not (theirs.ticks and set(theirs.ticks) <= set(ours.ticks)):
        yield _said("ticks", _listed(theirs.ticks), _listed(ours.ticks))


def _said(name: str, given: str, shipped: str) -> str:
    return f"{name}: is {given}, and {shipped} in what ships: write that"


def _listed(words: Collection[str]) -> str:
    return ", ".join(words) or "absent"
