"""Service codes: what each one obliges to watch, row by row with its source."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from monitoring.rows import Label, RowsError, Source, converted, parsed, repeated
from vitals.vocabulary import Basis, Modality, Obligation, Phase


class Requirement(Struct, frozen=True, forbid_unknown_fields=True):
    """One modality's obligation in one phase."""

    id: str
    modality: Modality
    obligation: Obligation
    phase: Phase
    basis: Basis
    source: Source


class Service(Struct, frozen=True, forbid_unknown_fields=True):
    """A service that is asked for by its code."""

    code: str
    label: Label
    source: Source


class ServiceRules(Struct, frozen=True):
    """A service and its requirements."""

    service: Service
    requirements: tuple[Requirement, ...]

    def required(self, phase: Phase) -> frozenset[Modality]:
        """Return what the contract requires in a phase."""
        return frozenset(
            row.modality
            for row in self.requirements
            if row.phase is phase
            and row.basis is Basis.CONTRACT
            and row.obligation is Obligation.REQUIRED
        )


def service_rules(text: str, file: str) -> ServiceRules:
    """Return the rules of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    rows, errors = converted(tables, file, "requirement", Requirement)
    errors += repeated([row.id for row in rows], file, "requirement")
    try:
        service = msgspec.convert(tables.get("service", {}), Service)
    except msgspec.ValidationError as error:
        raise RowsError([*errors, f"{file}: [service]: {error}"]) from error
    if errors:
        raise RowsError(errors)
    return ServiceRules(service, tuple(rows))
