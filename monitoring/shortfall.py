"""Where the rules of a service ask for less than those that they stand in for, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from msgspec import structs

from monitoring.services import Ban, Requirement, ServiceRules
from monitoring.strength import binds, forbids
from monitoring.unaltered import unsigned
from monitoring.when import When
from vitals.vocabulary import Basis, Obligation

_Row = TypeVar("_Row", Requirement, Ban)


def shortfalls(theirs: ServiceRules, ours: ServiceRules, day: date) -> Iterator[str]:
    """Yield a line for each thing that the contract (`ours`) says on a day and `theirs` does not.

    Contract rows alone: advice, readings, labels and what is asked for beyond the contract are
    free, but what ships as a proposal stays one until somebody has signed it.
    """
    yield from _head(theirs, ours)
    for row in _contract(ours, day):
        yield from _lack(theirs, row, day)
    for ban in ours.bans:
        if ban.valid_from <= day and not ban.proposal:
            yield from _allowed(theirs, ban, day)
    yield from _unsigned("requirement", theirs.requirements, ours.requirements)
    yield from _unsigned("ban", theirs.bans, ours.bans)


def steps(lower: ServiceRules, higher: ServiceRules, day: date) -> Iterator[str]:
    """Yield a line for each thing that must be watched in `lower`, and in `higher` need not be."""
    for row in _contract(lower, day):
        if row.obligation is not Obligation.OPTIONAL:
            yield from _lack(higher, row, day)


def _unsigned(name: str, theirs: Iterable[_Row], ours: Iterable[_Row]) -> Iterator[str]:
    """Yield each row that ships as a proposal, is called none, and has no name under it."""
    proposed = {row.id for row in ours if row.proposal}
    yield from unsigned(name, [row for row in theirs if row.id in proposed], "id")


def _contract(rules: ServiceRules, day: date) -> list[Requirement]:
    rows = rules.requirements
    return [row for row in rows if row.basis is Basis.CONTRACT and row.valid_from <= day]


def _head(theirs: ServiceRules, ours: ServiceRules) -> Iterator[str]:
    for key in ("kind", "level", "allows"):
        wanted, given = getattr(ours.service, key), getattr(theirs.service, key)
        if key == "allows":
            wanted, given = sorted(wanted), sorted(given)
        if given != wanted:
            said = f"is {_shown(given)}, and {_shown(wanted)} in the contract"
            yield f"[service]: {key}: {said}: write that"


def _lack(theirs: ServiceRules, row: Requirement, day: date) -> Iterator[str]:
    """Yield what is wrong with the row that has to stand where `row` does."""
    place = (row.modality, row.phase, Basis.CONTRACT)
    there = [r for r in theirs.requirements if (r.modality, r.phase, r.basis) == place]
    wanted = f"{row.modality}, {row.phase}, {_binding(row)} ({row.id})"
    if not there:
        yield f"[[requirement]]: no contract row has {wanted}: put it there"
        return
    (found,) = there
    if found.valid_from > day:
        yield _late(found, row)
    elif not binds(found, row):
        yield f"[[requirement]] {found.id}: is {_binding(found)}, less than {wanted}: ask for that"


def _allowed(theirs: ServiceRules, ban: Ban, day: date) -> Iterator[str]:
    """Yield what is wrong with the row that has to forbid what `ban` does."""
    found = [one for one in theirs.bans if forbids(one, ban)]
    if any(one.valid_from <= day for one in found):
        return
    if found:
        yield _late(found[0], ban)
        return
    named = next((one for one in theirs.bans if one.id == ban.id), None)
    wanted = f"{_condition(ban.when)}{_mark(ban)}"
    if named is None:
        yield f"[[ban]]: none has when {wanted} ({ban.id}): put it there"
    else:
        yield f"[[ban]] {ban.id}: has {_condition(named.when)}{_mark(named)}: write {wanted}"


def _late(row: Requirement | Ban, contract: Requirement | Ban) -> str:
    where = f"[[{type(row).__name__.lower()}]] {row.id}: valid_from"
    begins = contract.valid_from
    return f"{where}: is {row.valid_from}, later than the contract: write {begins} or earlier"


def _binding(row: Requirement) -> str:
    when = "" if row.when is None else f" when {_condition(row.when)}"
    often = "" if row.readings is None else f" with readings {row.readings}"
    return f"{row.obligation}{often}{when}{_mark(row)}"


def _mark(row: Requirement | Ban) -> str:
    return " as a proposal" if row.proposal else ""


def _condition(when: When) -> str:
    given = {key: value for key, value in structs.asdict(when).items() if value is not None}
    return ", ".join(f"{key} {_shown(value)}" for key, value in given.items())


def _shown(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return " or ".join(map(str, value)) or "none"
    return "none" if value is None else str(value).lower()
