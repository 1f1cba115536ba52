"""A delegated injection: what each country asks before somebody else than a specialist injects.

Norwegian: Veiledning vedr. samarbeid mellom lege og fysioterapeut om ultralydveiledet
injeksjonsbehandling (PFF), which recommends, and quotes duties that the law gives. Danish: the
service descriptions name nobody to whom an injection may be left.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.findings import Finding, Rule, finding
from vitals.deeds import Give
from vitals.duties import Duty
from vitals.practice import Country
from vitals.rows import Label, RowsError, Text, converted, parsed, repeated, single


class Refused(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Services whose descriptions leave an injection to nobody else."""

    country: Country
    codes: Annotated[tuple[Text, ...], Meta(min_length=1)]
    label: Label


class Asked(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What must be confirmed before each delegated injection."""

    country: Country
    duty: Duty
    basis: Literal["recommendation", "law"]
    label: Label


class DelegationRules(Struct, frozen=True, kw_only=True):
    """Every row about delegated injections."""

    valid_from: date
    refused: tuple[Refused, ...]
    asked: tuple[Asked, ...]

    @property
    def binding(self) -> frozenset[str]:
        """Return the rules that bind; the others are a recommendation."""
        law = (row.id for row in self.asked if row.basis == "law")
        return frozenset((*(row.id for row in self.refused), *law))


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    refused: Any = None
    asked: Any = None


def delegation_rules(text: str, file: str) -> DelegationRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    refused, faults = converted(tables, file, "refused", Refused)
    asked, more = converted(tables, file, "asked", Asked)
    errors += faults + more
    errors += repeated([*(row.id for row in refused), *(row.id for row in asked)], file, "asked")
    errors += repeated([f"{row.country} {row.duty}" for row in asked], file, "asked")
    if not more:
        given = {row.duty for row in asked}
        missing = [duty for duty in Duty if duty not in given]
        errors += [f"{file}: [[asked]] {duty.value!r} is missing: add it" for duty in missing]
    if errors or head is None:
        raise RowsError(errors)
    return DelegationRules(valid_from=head.valid_from, refused=tuple(refused), asked=tuple(asked))


def delegation_findings(
    rules: DelegationRules, country: Country, code: str, give: Give
) -> Iterator[Finding]:
    """Yield what is missing for an injection of `code` to be delegated; nothing where it is not.

    That it is delegated to somebody is confirmed by naming who.
    """
    if not give.delegated:
        return
    for ban in rules.refused:
        if ban.country is country and code in ban.codes:
            yield finding(ban)
    confirmed = _confirmed(give)
    for row in rules.asked:
        if row.country is country and row.duty not in confirmed:
            yield finding(row)


def _confirmed(give: Give) -> frozenset[Duty]:
    said = frozenset(give.confirmed)
    return said | {Duty.DELEGATION} if give.delegated_to else said - {Duty.DELEGATION}
